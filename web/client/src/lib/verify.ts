// Checks a run's bundle in this browser; the verifier loads when it is asked for.

export interface Check {
  name: string
  ok: boolean
  detail?: string
  milliseconds?: number
}

/** What candorVerify says of a bundle. */
export interface Verdict {
  valid: boolean
  checks: Check[]
  error?: string
  /** 'development' when whoever made the key can forge. */
  keys?: string
  /** What the keys are trusted on. */
  root?: string
  milliseconds?: number
}

export interface Verification {
  result: Verdict
  /** Milliseconds that fetching and starting the verifier took; near 0 the second time. */
  loadMs: number
  /** Milliseconds of the verification itself. */
  verifyMs: number
}

let worker: Worker | undefined
let queue: Promise<unknown> = Promise.resolve()

/** Verifies a bundle; rejects with a sentence when no verdict can be had. */
export function verifyBundle(bundle: string): Promise<Verification> {
  const next = queue.then(() => ask(bundle))
  queue = next.catch(() => undefined)
  return next
}

function ask(bundle: string): Promise<Verification> {
  worker ??= new Worker(new URL('./verify.worker.ts', import.meta.url))
  const w = worker
  return new Promise<Verification>((resolve, reject) => {
    const fail = (why: string) => {
      w.terminate()
      worker = undefined
      reject(new Error(why))
    }
    const limit = setTimeout(() => fail('The verifier did not finish within a minute.'), 60_000)
    w.onerror = () => {
      clearTimeout(limit)
      fail('The verifier stopped. Reload the page and try again.')
    }
    w.onmessage = (e: MessageEvent<Verification | { failed: string }>) => {
      clearTimeout(limit)
      if ('failed' in e.data) fail(e.data.failed)
      else resolve(e.data)
    }
    w.postMessage(bundle)
  })
}
