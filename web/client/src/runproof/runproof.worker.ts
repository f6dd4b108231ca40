// The worker behind verifyAside.
import type { Answer, Question } from './aside'
import { checkRegistration, verify } from './verify'

interface Scope {
  onmessage: ((e: MessageEvent<Question>) => void) | null
  postMessage(message: Answer): void
}

const scope = globalThis as unknown as Scope

scope.onmessage = ({ data }) => {
  const started = performance.now()
  let refused: string | null = null
  try {
    verify(data.statement, checkRegistration(data.registration, data.key), data.proof)
  } catch (err) {
    refused = err instanceof Error ? err.message : String(err)
  }
  scope.postMessage({ refused, milliseconds: performance.now() - started })
}
