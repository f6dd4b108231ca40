// Verifies a run proof as docs/run-proof.md describes it. This verifier was written from
// that page alone and shares no code with the node's.
import { judge } from './judge'
import { layoutOf } from './layout'
import { readProof } from './proof'
import type { Registered } from './registered'
import { replay } from './replay'
import { bitsOf, checkStatement } from './statement'
import type { Statement } from './statement'
import type { Trace } from './transcript'

export { checkLink, registered } from './registered'
export { checkRegistration } from './registration'
export type { RegistrationKey } from './registration'
export type { Link, Registered } from './registered'
export type { Kind, Shape } from './layout'
export type { Statement } from './statement'

/**
 * Throws one sentence where a proof does not show its statement. It says nothing of where
 * statement and model come from: rebuild the statement from the run and the chain, and take
 * the model from a registration that was checked. It takes long enough to freeze a page:
 * verifyAside does the same in a worker.
 */
export function verify(statement: Statement, model: Registered, proof: Uint8Array, trace?: Trace): void {
  const layout = layoutOf(statement.kind, model.shape, checkStatement(statement, model))
  const parts = readProof(proof, layout)
  const bits = bitsOf(statement)
  judge(statement, bits, model, layout, parts, replay(statement, bits, model, layout, parts, trace))
}
