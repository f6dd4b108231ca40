// What a node tells of how a ranker does, in words for its readers.
import { counted, moment, percent } from './format'

/** How well it orders posts, for readers without a name. */
export interface Quality {
  history: string
  slates: number
  label: string
  ndcg10: number
  /** Of 95 %. */
  interval: [number, number]
  /** Absent where newest first won nothing. */
  overLatest?: number
}

/** How it answered in the last week. */
export interface Serving {
  since: number
  pages: number
  asked: number
  failed: number
  checked: number
  missed: number
  answers: number
  medianMs: number
  slowMs: number
}

/** What was measured of a ranker, as /api/v1/rankers tells it. */
export interface Measured {
  /** Published by somebody else than the node. */
  guest?: boolean
  fallback?: string
  proofs?: { runs: number; proven: number; failed?: number }
  serving?: Serving
  /** On the node's own posts. */
  quality?: Quality
  /** Why there is none. */
  unmeasured?: string
  /** Of its model, on a recorded history. */
  reported?: Quality
}

export interface Fact {
  name: string
  /** For the picker. */
  brief: string
  /** For the list of rankers. */
  whole: string
}

const millis = (ms: number) => (ms < 1 ? 'under 1 ms' : `${Math.round(ms).toLocaleString('en')} ms`)

export function score(q: Quality): string {
  const over = q.overLatest
  const beside = over === undefined ? '' : `, ${over < 0 ? '−' : '+'}${(100 * Math.abs(over)).toFixed(1)} % against newest first`
  return `NDCG@10 ${q.ndcg10.toFixed(3)} (${q.interval[0].toFixed(3)} to ${q.interval[1].toFixed(3)})${beside}; ${counted(q.slates, 'slate')} of ${q.history}, by ${q.label}`
}

/** What is known, and what is not: nothing is left out because it looks bad. */
export function facts(m: Measured): Fact[] {
  const q = m.quality
  const s = m.serving
  const p = m.proofs
  const from = s?.since ? `since ${moment(s.since)}` : ''
  const all: Fact[] = [
    { name: 'Quality', brief: q ? `quality ${q.ndcg10.toFixed(2)}` : 'quality unknown', whole: q ? score(q) : (m.unmeasured ?? 'this node does not measure it') },
    {
      name: 'Answers in',
      brief: s?.answers ? millis(s.medianMs).replace('under ', '<') : 'no answer yet',
      whole: s?.answers ? `half in ${millis(s.medianMs)}, 99 in 100 in ${millis(s.slowMs)}; the last ${counted(s.answers, 'answer')}` : 'it has not answered yet',
    },
    {
      name: 'Up',
      brief: s?.checked ? `${percent(s.checked - s.missed, s.checked)} up` : 'not checked yet',
      whole: s?.checked
        ? `${percent(s.checked - s.missed, s.checked)} of ${counted(s.checked, 'check')}, one a minute; ${s.failed} of ${counted(s.asked, 'question')} for readers failed; ${from}`
        : 'the node has not asked it yet',
    },
    {
      name: 'Proven',
      brief: p?.runs ? `${percent(p.proven, p.runs)} proven` : 'no runs',
      whole: p?.runs ? `${percent(p.proven, p.runs)} of ${counted(p.runs, 'run')}${p.failed ? `, ${p.failed} failed` : ''}` : 'it has made no runs here yet',
    },
  ]
  if (m.reported) all.push({ name: 'Elsewhere', brief: '', whole: score(m.reported) })
  return all
}
