// The generators of Pedersen's vector commitment, hashed to the curve (RFC 9380),
// made when they are asked for and kept.
import { sha256 } from '@noble/hashes/sha2.js'
import { hash_to_field } from '@noble/curves/abstract/hash-to-curve.js'
import { P, invert, invertAll, mod } from './field'
import { curve, squareRoot } from './points'
import type { Point } from './points'

/** Domain under which generators are hashed. */
export const domain = 'CANDOR-SUMCHECK-V1-BN254G1_XMD:SHA-256_SVDW_RO_'
/** What stands before a generator's number. */
export const prefix = 'candor/sumcheck/v1/generator/'

// Constants of the Shallue-van de Woestijne map of y² = x³ + 3 with Z = 1.
const c1 = 4n // g(Z)
const c2 = mod(-invert(2n, P), P) // -Z/2
const c3 = even(squareRoot(mod(-c1 * 3n, P))) // sqrt(-g(Z)·3Z²)
const c4 = mod(-4n * c1 * invert(3n, P), P) // -4·g(Z)/3Z²

function even(v: bigint | null): bigint {
  if (v === null) throw new Error('The constants of the map to the curve are wrong.')
  return v % 2n === 0n ? v : P - v
}

const made: Point[] = []
let blinding: Point | undefined

/** The first n generators G₀, G₁ … */
export function generators(n: number): readonly Point[] {
  if (made.length < n) {
    made.push(...hashToCurve(Array.from({ length: n - made.length }, (_, i) => String(made.length + i))))
  }
  return made
}

/** The generator H of blinds. */
export function blindGenerator(): Point {
  return (blinding ??= hashToCurve(['blind'])[0])
}

// hash_to_curve of many names; what must be inverted is inverted at once.
function hashToCurve(names: readonly string[]): Point[] {
  const options = { DST: domain, p: P, m: 1, k: 128, expand: 'xmd' as const, hash: sha256 }
  const encoder = new TextEncoder()
  const us = names.flatMap((name) => hash_to_field(encoder.encode(prefix + name), 2, options).map((u) => u[0]))
  const denominators = us.map((u) => {
    const t = (u * u * c1) % P
    return mod((1n - t) * (1n + t), P)
  })
  // inv0(0) = 0 does not happen but for u with 16u⁴ = 1, which nobody can hash to.
  const mapped = invertAll(denominators, P).map((inverse, i) => mapToCurve(us[i], inverse))
  const slopes = invertAll(names.map((_, i) => mod(mapped[2 * i + 1].x - mapped[2 * i].x, P)), P)
  return names.map((_, i) => {
    const [a, b] = [mapped[2 * i], mapped[2 * i + 1]]
    const slope = mod((b.y - a.y) * slopes[i], P)
    const x = mod(slope * slope - a.x - b.x, P)
    return { x, y: mod(slope * (a.x - x) - a.y, P) }
  })
}

// RFC 9380, section 6.6.1; `inverse` is that of (1 - u²·g(Z))·(1 + u²·g(Z)).
function mapToCurve(u: bigint, inverse: bigint): Point {
  const square = (u * u * c1) % P
  const t = mod(((u * (1n - square)) % P) * ((inverse * c3) % P), P)
  const third = (((1n + square) * (1n + square)) % P) * inverse % P
  for (const x of [mod(c2 - t, P), mod(c2 + t, P), (((third * third) % P) * c4 + 1n) % P]) {
    const y = squareRoot(curve(x))
    if (y !== null) return { x, y: y % 2n === u % 2n ? y : P - y }
  }
  throw new Error('No candidate of the map lies on the curve.')
}

