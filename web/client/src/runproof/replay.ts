// Walks a proof's conversation: which message stands where, and what was drawn between.
import type { Layout } from './layout'
import type { Proof } from './proof'
import type { Registered } from './registered'
import { absorbStatement } from './statement'
import type { Statement } from './statement'
import { Transcript } from './transcript'
import type { Trace } from './transcript'

/** Rounds of a sumcheck: where their first message stands (two scalars each), and what was drawn. */
export interface Rounds {
  at: number
  point: readonly bigint[]
}

/** One level of all trees. */
export interface Level {
  /** Zero on level 0, which draws none. */
  lambda: bigint
  rounds: Rounds
  /** Where each tree's children stand, -1 for a tree that has ended. */
  children: readonly number[]
  next: bigint
}

/** All challenges, and the places of all messages among the scalars. */
export interface Replay {
  gamma: bigint
  beta: bigint
  delta: bigint
  /** (P, Q, f) of each tree. */
  roots: readonly number[]
  table: Rounds
  /** M. */
  count: number
  levels: readonly Level[]
  /** (E, A) of each layer. */
  pairs: readonly number[]
  /** (L₀, L₁, L₂, L₃). */
  digits: number
  /** -1 for verdicts. */
  top: number
  tau: bigint
  posts: Rounds
  /** (S, b). */
  score: number
  units: Rounds
  /** (A′, w). */
  product: number
  /** Of two hidden layers: β₂, rounds, (A′₁, ω). */
  second: { bias: number; rounds: Rounds; product: number } | null
  batch: bigint
  columns: Rounds
  /** (v₁ … v_G). */
  openings: number
  eta: bigint
  zeta: bigint
  e: bigint
}

/** Derives all challenges from statement and proof. */
export function replay(s: Statement, bits: Uint8Array, model: Registered, layout: Layout, proof: Proof, trace?: Trace): Replay {
  const t = new Transcript(trace)
  absorbStatement(t, s, model, bits)
  t.absorb('rows', proof.rowBytes)
  t.absorb('pad', proof.padBytes)

  let next = 0
  const message = (scalars: number): number => {
    const at = next
    next += scalars
    t.absorb('message', proof.messageBytes.subarray(32 * at, 32 * next))
    return at
  }
  const rounds = (n: number): Rounds => {
    const at = next
    const point = Array.from({ length: n }, () => {
      message(2)
      return t.challenge('round')
    })
    return { at, point }
  }

  const [gamma, beta, delta] = [t.challenge('gamma'), t.challenge('beta'), t.challenge('delta')]
  const roots = layout.depths.map(() => message(3))
  const table = rounds(layout.tableBits)
  const count = message(1)
  const levels = Array.from({ length: Math.max(...layout.depths) }, (_, l): Level => {
    const lambda = l > 0 ? t.challenge('lambda') : 0n
    const walked = rounds(l)
    const children = layout.depths.map((depth) => (depth <= l ? -1 : message(depth === l + 1 ? 2 : 4)))
    return { lambda, rounds: walked, children, next: t.challenge('next') }
  })
  const pairs = layout.layers.map(() => message(2))
  const digits = message(4)
  const top = s.kind === 'order' ? message(1) : -1
  const tau = t.challenge('tau')
  const posts = rounds(layout.postBits)
  const score = message(2)
  const units = rounds(layout.layers[layout.layers.length - 1].bits)
  const product = message(2)
  const second = layout.layers.length < 2 ? null : { bias: message(1), rounds: rounds(layout.layers[0].bits), product: message(2) }
  const batch = t.challenge('batch')
  const columns = rounds(layout.rowBits)
  const openings = message(layout.openings)
  if (next !== layout.messages) throw new Error('The layout and the conversation disagree.')
  const eta = t.challenge('eta')
  const zeta = t.challenge('zeta')
  t.absorb('sigma', proof.sigmaBytes)
  t.absorb('linear', proof.linearBytes)
  const e = t.challenge('e')
  return {
    gamma, beta, delta, roots, table, count, levels, pairs, digits, top, tau, posts, score, units, product, second,
    batch, columns, openings, eta, zeta, e,
  }
}
