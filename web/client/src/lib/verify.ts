// Checks a run's bundle in this browser; the verifiers load when they are asked for.
import { secondOpinion } from './second'
import type { Opinion } from './second'

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
  /** Versions of the proofs that hold. */
  proofs?: string[]
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
  /** Bytes of the verifier as they came over the wire; 0 when that is not known. */
  verifierBytes: number
  second: Opinion
  /** The two verifiers do not agree about the run proof, so one of them is wrong. */
  disagree: boolean
}

/** What the first verifier alone gives. */
type First = Omit<Verification, 'second' | 'disagree'>

let worker: Worker | undefined
let queue: Promise<unknown> = Promise.resolve()

/** Verifies a bundle; rejects with a sentence when no verdict can be had. */
export async function verifyBundle(bundle: string): Promise<Verification> {
  const next = queue.then(() => ask<First>(bundle))
  queue = next.catch(() => undefined)
  const [first, second] = await Promise.all([next, secondOpinion(bundle)])
  return agreed(first, second)
}

/** Says why a reveal document (hex, without 0x) does not open the commitment; '' where it does. */
export async function openReveal(document: string, commitment: string): Promise<string> {
  const next = queue.then(() => ask<{ result: { valid: boolean; error?: string } }>({ document, commitment }))
  queue = next.catch(() => undefined)
  const { valid, error } = (await next).result
  return valid ? '' : (error ?? 'It is another model.')
}

/** Puts both verdicts together. Where they differ about the run proof, nothing is valid. */
export function agreed(first: First, second: Opinion): Verification {
  const r = first.result
  const holds = (r.proofs ?? []).includes('candor/sumcheck/v1')
  const fine = (...names: string[]) => names.every((n) => r.checks.some((c) => c.name === n && c.ok))
  // The first verifier looks at the proof itself only when all that it rests on is fine.
  const looked = holds || fine('run', 'features', 'ranked', 'registration')
  // A second verifier that sees no run proof where the first one lets it hold reads another bundle.
  const disagree = looked && ((holds && (second.says === 'no' || second.says === 'nothing')) || (second.says === 'yes' && !holds))
  return { ...first, result: disagree ? { ...r, valid: false } : r, second, disagree }
}

function ask<A>(question: string | { document: string; commitment: string }): Promise<A> {
  worker ??= new Worker(new URL('./verify.worker.ts', import.meta.url))
  const w = worker
  return new Promise<A>((resolve, reject) => {
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
    w.onmessage = (e: MessageEvent<A | { failed: string }>) => {
      clearTimeout(limit)
      const answer = e.data as { failed?: string }
      if (answer.failed !== undefined) fail(answer.failed)
      else resolve(e.data as A)
    }
    w.postMessage(question)
  })
}
