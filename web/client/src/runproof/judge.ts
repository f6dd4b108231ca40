// Decides, once all challenges are known, whether a proof's answers hold.
import { sha256 } from '@noble/hashes/sha2.js'
import { R, mod, readNumber, writeNumber } from './field'
import { blindGenerator, generators } from './generators'
import type { Layout } from './layout'
import { multiply } from './points'
import type { Term } from './points'
import type { Proof } from './proof'
import type { Registered } from './registered'
import { relations } from './relations'
import type { Relations } from './relations'
import type { Replay } from './replay'
import type { Statement } from './statement'

/** Throws where the answers do not fit the messages or open no commitment. */
export function judge(s: Statement, bits: Uint8Array, model: Registered, layout: Layout, proof: Proof, c: Replay): void {
  const found = relations(s, bits, layout, c, maskedMessages(proof, c.e), proof.columns)
  if (found.linear !== proof.linear) throw new Error('The proof’s numbers do not fit together.')
  if (!opens(layout, model, proof, found, c.e)) throw new Error('The proof does not open its commitments.')
}

/** e·ŷ - z, which is e times the true messages less their masks. */
export function maskedMessages(proof: Proof, e: bigint): bigint[] {
  return proof.messages.map((v, i) => mod(e * v - proof.z[i], R))
}

// The three group equations at once, under coins that are drawn after the proof was read.
function opens(layout: Layout, model: Registered, proof: Proof, found: Relations, e: bigint): boolean {
  const [second, third] = coins(proof, e)
  const [blindZ, blindColumns, blindQuadratic] = proof.blinds
  const times = new Array<bigint>(Math.max(layout.messages, 1 << layout.rowBits)).fill(0n)
  proof.z.forEach((v, i) => (times[i] += v))
  proof.columns.forEach((v, i) => (times[i] += second * v))
  times[0] += third * found.quadratic

  const gs = generators(times.length)
  const terms: Term[] = times.map((v, i) => ({ point: gs[i], times: v }))
  terms.push({ point: blindGenerator(), times: blindZ + second * blindColumns + third * blindQuadratic })
  const [d, dColumns, u0, u1] = proof.sigma
  terms.push({ point: d, times: -1n }, { point: proof.pad, times: -e })
  terms.push({ point: dColumns, times: -second })
  const folded = mod(-second * e, R)
  proof.rows.forEach((point, i) => terms.push({ point, times: folded * found.fold.runRows[i] }))
  model.points.forEach((point, i) => terms.push({ point, times: folded * found.fold.weightRows[i] }))
  terms.push({ point: u0, times: -third }, { point: u1, times: -third * e })
  return multiply(terms) === null
}

// Two random numbers of 128 bits, which nobody knew when the proof was made. They depend on
// all of the proof, too, so that a system whose randomness is bad gives no forger a hold.
function coins(proof: Proof, e: bigint): [bigint, bigint] {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const drawn = readNumber(sha256.create().update(secret).update(writeNumber(e)).update(proof.bytes).digest(), 0)
  return [drawn >> 128n, BigInt.asUintN(128, drawn)]
}
