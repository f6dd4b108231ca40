// The bytes of a run proof, read strictly.
import { readScalar } from './field'
import type { Layout } from './layout'
import { pointSize, readPoint } from './points'
import type { Point } from './points'

/** A proof's parts. */
export interface Proof {
  bytes: Uint8Array
  rows: readonly Point[]
  rowBytes: Uint8Array
  pad: Point
  padBytes: Uint8Array
  /** All messages: each scalar plus its entry of the pad. */
  messages: readonly bigint[]
  messageBytes: Uint8Array
  /** Com(d), Com(d′), U₀, U₁. */
  sigma: readonly Point[]
  sigmaBytes: Uint8Array
  /** V. */
  linear: bigint
  linearBytes: Uint8Array
  /** z and z′. */
  z: readonly bigint[]
  columns: readonly bigint[]
  /** Blinds of z, of z′ and of the quadratic relations. */
  blinds: readonly bigint[]
}

const magic = new TextEncoder().encode('candor/csp/v1\0\0\0')

/** Reads a proof; its length must be the one that the layout gives. */
export function readProof(bytes: Uint8Array, layout: Layout): Proof {
  if (bytes.length !== layout.proofBytes) {
    throw new Error(`A proof of this run has ${layout.proofBytes} bytes, not ${bytes.length}.`)
  }
  if (!magic.every((b, i) => bytes[i] === b)) throw new Error('These bytes are no run proof of version 1.')
  let at = magic.length
  const take = <T>(n: number, read: (b: Uint8Array, at: number) => T): [T[], Uint8Array] => {
    const start = at
    at += pointSize * n // a scalar has as many bytes as a point
    return [Array.from({ length: n }, (_, i) => read(bytes, start + pointSize * i)), bytes.slice(start, at)]
  }
  const [rows, rowBytes] = take(layout.rows, readPoint)
  const [[pad], padBytes] = take(1, readPoint)
  const [messages, messageBytes] = take(layout.messages, readScalar)
  const [sigma, sigmaBytes] = take(4, readPoint)
  const [[linear], linearBytes] = take(1, readScalar)
  const [z] = take(layout.messages, readScalar)
  const [columns] = take(1 << layout.rowBits, readScalar)
  const [blinds] = take(3, readScalar)
  if (at !== bytes.length) throw new Error('The layout and the reading of a proof disagree.')
  return { bytes, rows, rowBytes, pad, padBytes, messages, messageBytes, sigma, sigmaBytes, linear, linearBytes, z, columns, blinds }
}
