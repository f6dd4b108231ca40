// Groth16 over BN254 with one Pedersen commitment among the witness, as gnark makes it.
import { bn254 } from '@noble/curves/bn254.js'
import { hash_to_field } from '@noble/curves/abstract/hash-to-curve.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { P, R, readNumber, writeNumber } from './field'
import { multiply, readPoint } from './points'
import type { Point } from './points'

const { Fp2, Fp12 } = bn254.fields
const G1 = bn254.G1.Point
const G2 = bn254.G2.Point
type PointG2 = typeof G2.BASE

/** A verifying key for so many public inputs. */
export interface VerifyingKey {
  alpha: Point
  beta: PointG2
  gamma: PointG2
  delta: PointG2
  /** Of the constant 1, each public input, and the hash of the commitment. */
  inputs: readonly Point[]
  /** What the commitment is checked with. */
  commitment: { base: PointG2; shifted: PointG2 }
}

/** Bytes of a proof. */
export const groth16Size = 192

/** Bytes of a key behind its magic. */
export const keySize = (inputs: number): number => 32 * (1 + 2 * 3 + (inputs + 2) + 2 * 2)

/** Reads a key from `at` on; throws where a point is none of its group. */
export function readKey(b: Uint8Array, at: number, inputs: number): VerifyingKey {
  const g1 = () => readPoint(b, (at += 32) - 32)
  const g2 = () => readG2(b, (at += 64) - 64)
  const [alpha, beta, gamma, delta] = [g1(), g2(), g2(), g2()]
  const points = Array.from({ length: inputs + 2 }, g1)
  const base = g2()
  return { alpha, beta, gamma, delta, inputs: points, commitment: { base, shifted: g2() } }
}

/** Says whether the proof at `at` shows that the public inputs, all below R, fit the key. */
export function groth16Holds(key: VerifyingKey, inputs: readonly bigint[], b: Uint8Array, at: number): boolean {
  const [a, second, c] = [readPoint(b, at), readG2(b, at + 32), readPoint(b, at + 96)]
  const [committed, knowledge] = [readPoint(b, at + 128), readPoint(b, at + 160)]
  const known = [[committed, key.commitment.shifted], [knowledge, key.commitment.base]] as const
  if (!isOne(known)) return false
  const seen = multiply([
    ...[1n, ...inputs, commitmentHash(committed)].map((times, i) => ({ point: key.inputs[i], times })), { point: committed, times: 1n },
  ])
  if (seen === null) return false
  return isOne([[negative(a), second], [key.alpha, key.beta], [seen, key.gamma], [c, key.delta]])
}

function commitmentHash({ x, y }: Point): bigint {
  const bytes = new Uint8Array(64)
  bytes.set(writeNumber(x))
  bytes.set(writeNumber(y), 32)
  return hash_to_field(bytes, 1, { DST: 'bsb22-commitment', p: R, m: 1, k: 128, expand: 'xmd', hash: sha256 })[0][0]
}

const negative = ({ x, y }: Point): Point => ({ x, y: P - y })

// Whether the product of the pairings is one.
function isOne(pairs: readonly (readonly [Point, PointG2])[]): boolean {
  return Fp12.eql(bn254.pairingBatch(pairs.map(([g1, g2]) => ({ g1: G1.fromAffine(g1), g2 }))), Fp12.ONE)
}

const mask = (1n << 254n) - 1n
const half = (P - 1n) / 2n
const twist = Fp2.div({ c0: 3n, c1: 0n }, { c0: 9n, c1: 1n })

// A point of G2 in 64 bytes: x's imaginary part with the flags of readPoint, then its real
// one; the larger y has the larger imaginary part, or real one where that is zero.
function readG2(b: Uint8Array, at: number): PointG2 {
  const first = readNumber(b, at)
  const [flags, c1, c0] = [first >> 254n, first & mask, readNumber(b, at + 32)]
  if (flags < 2n || c1 >= P || c0 >= P) throw new Error(`The point of G2 at byte ${at} is not in its only spelling.`)
  const x = { c0, c1 }
  let y
  try {
    y = Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), twist))
  } catch {
    throw new Error(`The point of G2 at byte ${at} is not on the curve.`)
  }
  if ((y.c1 !== 0n ? y.c1 > half : y.c0 > half) !== (flags === 3n)) y = Fp2.neg(y)
  const point = G2.fromAffine({ x, y })
  if (!point.isTorsionFree()) throw new Error(`The point at byte ${at} is not in the group G2.`)
  return point
}
