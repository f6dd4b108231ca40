// The worker behind verifyAside.
import type { Answer, Question } from './aside'
import { registered, verify } from './verify'

interface Scope {
  onmessage: ((e: MessageEvent<Question>) => void) | null
  postMessage(message: Answer): void
}

const scope = globalThis as unknown as Scope

scope.onmessage = ({ data }) => {
  const started = performance.now()
  let refused: string | null = null
  try {
    verify(data.statement, registered(data.shape, data.id, data.commitment, data.schema), data.proof)
  } catch (err) {
    refused = err instanceof Error ? err.message : String(err)
  }
  scope.postMessage({ refused, milliseconds: performance.now() - started })
}
