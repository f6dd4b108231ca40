// Waits for pending runs to be proven or to fail: one look at a time for each run,
// however many badges show it.
import { api } from './api'
import type { RunDetail } from './api'

interface Watch {
  tell: Set<(run: RunDetail) => void>
  timer?: ReturnType<typeof setTimeout>
  wait: number
}

const watches = new Map<string, Watch>()

/** Calls back once, when the run has settled; returns how to stop waiting. */
export function whenSettled(id: string, tell: (run: RunDetail) => void): () => void {
  const known = watches.get(id)
  const w = known ?? { tell: new Set(), wait: 700 }
  w.tell.add(tell)
  if (!known) {
    watches.set(id, w)
    later(id, w)
  }
  return () => {
    w.tell.delete(tell)
    if (w.tell.size > 0 || watches.get(id) !== w) return
    clearTimeout(w.timer)
    watches.delete(id)
  }
}

// Ever more slowly, and not while the page is hidden.
function later(id: string, w: Watch) {
  w.timer = setTimeout(() => void look(id, w), w.wait)
  w.wait = Math.min(w.wait * 1.3, 5_000)
}

async function look(id: string, w: Watch) {
  const run = document.hidden ? null : await api.run(id).catch(() => null)
  if (watches.get(id) !== w) return
  if (!run || run.proof === 'pending') return later(id, w)
  watches.delete(id)
  for (const tell of w.tell) tell(run)
}
