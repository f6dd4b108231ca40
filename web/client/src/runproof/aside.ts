// Verifies run proofs in a worker, so that the page stays awake.
import type { RegistrationKey } from './registration'
import type { Statement } from './statement'

/** A run proof with all that it is checked against. */
export interface Question {
  statement: Statement
  proof: Uint8Array
  /** The model's registration, which is checked first, and a key that the caller trusts. */
  registration: Uint8Array
  key: RegistrationKey
}

/** Null where the proof holds, else the sentence that says why not. */
export type Answer = { refused: string | null; milliseconds: number }

let worker: Worker | undefined
let queue: Promise<unknown> = Promise.resolve()

/** Says whether a proof holds; rejects when the worker does not get to an answer. */
export function verifyAside(question: Question): Promise<Answer> {
  const next = queue.then(() => ask(question))
  queue = next.catch(() => undefined)
  return next
}

function ask(question: Question): Promise<Answer> {
  worker ??= new Worker(new URL('./runproof.worker.ts', import.meta.url))
  const w = worker
  return new Promise<Answer>((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(limit)
      w.terminate()
      worker = undefined
      reject(new Error(why))
    }
    const limit = setTimeout(() => fail('The verifier did not finish within a minute.'), 60_000)
    w.onerror = () => fail('The verifier stopped. Reload the page and try again.')
    w.onmessage = (e: MessageEvent<Answer>) => {
      clearTimeout(limit)
      resolve(e.data)
    }
    w.postMessage(question)
  })
}
