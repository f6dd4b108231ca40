// What must hold of a proof's messages. The verifier knows them only as
// e·(message) - (mask), so that every constant is taken e times and a product of two is
// compared with e times the other side; what is left over is the masks' and is
// opened apart.
import { R, eqTable, mod } from './field'
import type { Layout } from './layout'
import { tableAt, tagsOf } from './lookups'
import { openings } from './openings'
import type { Fold } from './openings'
import type { Replay, Rounds } from './replay'
import type { Statement } from './statement'

/** The relations' sums, weighed with powers of zeta, and how rows fold into one. */
export interface Relations {
  linear: bigint
  quadratic: bigint
  fold: Fold
}

/** Evaluates all relations at y = e·ŷ - z and the folded row z′. */
export function relations(s: Statement, bits: Uint8Array, layout: Layout, c: Replay, y: readonly bigint[], columns: readonly bigint[]): Relations {
  const e = c.e
  const linear: bigint[] = []
  const quadratic: bigint[] = []
  const equal = (sum: bigint) => linear.push(mod(sum, R))
  const product = (products: bigint, other: bigint) => quadratic.push(mod(products - e * other, R))

  // Steps 14 and 15: fractions' sums on both sides.
  let claim = 0n
  for (const at of c.roots) {
    const [p, q, f] = [y[at], y[at + 1], y[at + 2]]
    product(f * q, p)
    claim += f
  }
  claim = walk(claim, c.table, y)
  equal(claim - tableAt(layout, c) * y[c.count])

  const leaves = trees(layout, c, y, product)

  // Step 17: leaves are the looked-up values.
  const rho = leaves.digits.point.slice(0, layout.postBits)
  const sums: bigint[] = []
  layout.layers.forEach((layer, l) => {
    const { d0, d1 } = leaves.layers[l]
    const [excess, activation] = [y[c.pairs[l]], y[c.pairs[l] + 1]]
    const [remainders, pairs] = tagsOf(l)
    equal(d1 - e * mod(c.gamma - c.delta * pairs, R) + excess + c.beta * activation)
    sums.push(mod(e * mod(c.gamma - c.delta * remainders, R) - d0 + (excess + activation) * BigInt(1 << layer.shift), R))
  })
  const place = eqTable(leaves.digits.point.slice(layout.postBits))
  const digits = [0, 1, 2, 3].map((i) => y[c.digits + i])
  equal(leaves.digits.value - e * c.gamma + digits.reduce((sum, d, i) => sum + place[i] * d, 0n))

  // Step 18: digits are those of the scores' differences, scores those of the activations.
  const { coefficients, constant } = differences(s, bits, layout, c, rho)
  const top = c.top < 0 ? 0n : c.tau * y[c.top]
  claim = walk(digits[0] + 256n * digits[1] + 65536n * digits[2] + top - e * constant, c.posts, y)
  const atPosts = eqTable(c.posts.point)
  equal(claim - (coefficients.reduce((sum, v, i) => sum + v * atPosts[i], 0n) % R) * y[c.score])
  claim = walk(y[c.score] - y[c.score + 1], c.units, y)
  product(y[c.product] * y[c.product + 1], claim)

  // Step 19: sums of the second layer are those of the first one's activations.
  if (c.second) {
    claim = walk(sums[1] - y[c.second.bias], c.second.rounds, y)
    product(y[c.second.product] * y[c.second.product + 1], claim)
  }

  // Step 20: whatever was claimed of committed rows, at one place of one row.
  const fold = openings(s, layout, c, leaves.layers.map((leaf) => leaf.point), rho, sums, y)
  claim = walk(fold.claim, c.columns, y)
  equal(claim - fold.inside.reduce((sum, v, g) => sum + v * y[c.openings + g], 0n))
  const folded = columns.reduce((sum, v, k) => sum + v * fold.atColumns[k], 0n)
  equal(folded - fold.etas.reduce((sum, v, g) => sum + v * y[c.openings + g], 0n))

  return { linear: weigh(linear, c.zeta), quadratic: weigh(quadratic, c.zeta), fold }
}

// Σ ζⁱ·vᵢ.
const weigh = (values: readonly bigint[], zeta: bigint): bigint => values.reduceRight((sum, v) => (sum * zeta + v) % R, 0n)

// Rounds of a product's sumcheck, from the claimed sum to what is claimed at the point.
function walk(claim: bigint, rounds: Rounds, y: readonly bigint[]): bigint {
  rounds.point.forEach((r, i) => {
    const [t0, last] = [y[rounds.at + 2 * i], y[rounds.at + 2 * i + 1]]
    claim = mod(t0 + r * ((claim - 2n * t0 - last + r * last) % R), R)
  })
  return mod(claim, R)
}

interface Leaves {
  /** For each layer: the leaves' halves at the last level's rounds' point. */
  layers: { d0: bigint; d1: bigint; point: readonly bigint[] }[]
  /** The digits' leaves at the last level's point. */
  digits: { value: bigint; point: readonly bigint[] }
}

// Step 16: from the roots of the trees of fractions to their leaves.
function trees(layout: Layout, c: Replay, y: readonly bigint[], product: (products: bigint, other: bigint) => void): Leaves {
  const out: Leaves = { layers: [], digits: { value: 0n, point: [] } }
  const claims = c.roots.map((at) => ({ num: y[at], den: y[at + 1] }))
  let above: readonly bigint[] = []
  c.levels.forEach((level, l) => {
    const { lambda, next: s } = level
    const active = level.children.map((at, tree) => ({ at, tree })).filter(({ at }) => at >= 0)
    const square = (lambda * lambda) % R
    let weight = 1n
    let claim = 0n
    const weights = active.map(({ tree }) => {
      const w = weight
      claim += w * ((claims[tree].num + lambda * claims[tree].den) % R)
      weight = (weight * square) % R
      return w
    })
    level.rounds.point.forEach((r, i) => {
      const [d, last] = [y[level.rounds.at + 2 * i], y[level.rounds.at + 2 * i + 1]]
      claim = mod(claim - above[i] * d + r * ((d - last + r * last) % R), R)
    })
    let products = 0n
    active.forEach(({ at, tree }, k) => {
      const ends = layout.depths[tree] === l + 1
      const [n0, n1] = ends ? [0n, 0n] : [y[at], y[at + 1]]
      const [d0, d1] = ends ? [y[at], y[at + 1]] : [y[at + 2], y[at + 3]]
      const den = mod(d0 + s * (d1 - d0), R)
      if (l === 0) {
        product(n0 * d1 + n1 * d0, claims[tree].num)
        product(d0 * d1, claims[tree].den)
      } else if (ends) {
        products += weights[k] * ((lambda * ((d0 * d1) % R)) % R)
        claim -= weights[k] * (d0 + d1)
      } else {
        products += weights[k] * ((n0 * d1 + d0 * ((n1 + lambda * d1) % R)) % R)
      }
      claims[tree] = { num: mod(n0 + s * (n1 - n0), R), den }
      if (!ends) return
      if (tree < layout.layers.length) out.layers[tree] = { d0, d1, point: level.rounds.point }
      else out.digits = { value: den, point: [s, ...level.rounds.point] }
    })
    if (l > 0) product(products, claim)
    above = [s, ...level.rounds.point]
  })
  return out
}

// The differences' sum, weighed by eq(ρ, ·), as a linear form of the scores.
function differences(s: Statement, bits: Uint8Array, layout: Layout, c: Replay, rho: readonly bigint[]) {
  const weights = eqTable(rho)
  const bound = BigInt(layout.bound)
  const coefficients = new Array<bigint>(layout.posts).fill(0n)
  let constant = 0n
  if (s.kind === 'verdict') {
    const threshold = BigInt(s.threshold)
    for (let i = 0; i < layout.posts; i++) {
      coefficients[i] = bits[i] ? weights[i] : -weights[i]
      constant += weights[i] * (bits[i] ? -threshold - 1n : threshold)
    }
    return { coefficients, constant: mod(constant, R) }
  }
  const last = layout.posts - 1
  for (let i = 0; i < last; i++) {
    coefficients[i] += weights[i]
    coefficients[i + 1] -= weights[i]
    if (bits[i]) constant -= weights[i]
  }
  coefficients[last] += weights[last]
  coefficients[0] -= c.tau
  constant += (weights[last] + c.tau) * bound
  return { coefficients, constant: mod(constant, R) }
}
