// Step 20: everything claimed of committed rows, folded into one row at one place.
import { R, eq, eqTable, inner, mod, powers } from './field'
import type { Layout } from './layout'
import type { Replay } from './replay'
import type { Statement } from './statement'

/** The batched claim and how it opens. */
export interface Fold {
  /** The sum over all columns. */
  claim: bigint
  /** inside_g~ at the columns' point, one an opening. */
  inside: readonly bigint[]
  /** η⁰, η¹ … */
  etas: readonly bigint[]
  /** eq of the columns' point and each column. */
  atColumns: readonly bigint[]
  /** How often each row of the run, and of C_W, is in the folded one. */
  runRows: readonly bigint[]
  weightRows: readonly bigint[]
}

/**
 * Lists the claims in their order, with what they open: `points` are those of (E, A) of each
 * layer, rho that of the digits, `sums` Z₁ and Z₂.
 */
export function openings(
  s: Statement, layout: Layout, c: Replay, points: readonly (readonly bigint[])[], rho: readonly bigint[],
  sums: readonly bigint[], y: readonly bigint[],
): Fold {
  const { layers, weights, postBits, rowBits } = layout
  const at = c.columns.point
  const atColumns = eqTable(at)
  const etas = powers(c.eta, layout.openings)
  const runRows = new Array<bigint>(layout.rows).fill(0n)
  const weightRows = new Array<bigint>(weights.rows).fill(0n)
  const inside: bigint[] = []

  let claim = 0n
  let weight = 1n
  // Adds a claim to the batch and returns its weight.
  const claimed = (value: bigint): bigint => {
    const w = weight
    claim = (claim + w * value) % R
    weight = (weight * c.batch) % R
    return w
  }
  const add = (rows: bigint[], row: number, times: bigint) => {
    rows[row] = (rows[row] + times * etas[inside.length]) % R
  }
  // A polynomial's point: its first coordinates choose among rows, the last lie inside.
  const outer = (point: readonly bigint[]) => eqTable(point.slice(0, Math.max(0, point.length - rowBits)))
  const within = (point: readonly bigint[]) => {
    const last = point.slice(-Math.min(rowBits, point.length))
    const zeros = new Array<bigint>(rowBits - last.length).fill(0n)
    return eq([...zeros, ...last], at)
  }
  const poly = (first: number, point: readonly bigint[], w: bigint) => {
    outer(point).forEach((v, i) => add(runRows, first + i, (w * v) % R))
  }
  const units = (point: readonly bigint[], n: number) => inner(eqTable(point).slice(0, n), atColumns)

  layers.forEach((_, l) => {
    const r = points[l]
    poly(layout.excess[l], r, claimed(y[c.pairs[l]]))
    poly(layout.activation[l], r, claimed(y[c.pairs[l] + 1]))
    inside.push(within(r))
    const last = l === layers.length - 1
    const q = last ? [...c.posts.point, ...c.units.point] : [...points[1].slice(0, postBits), ...(c.second?.rounds.point ?? [])]
    poly(layout.activation[l], q, claimed(last ? y[c.product] : y[c.second?.product ?? -1]))
    inside.push(within(q))
  })

  const split = Math.max(0, postBits + 2 - rowBits)
  eqTable(rho.slice(0, split)).forEach((v, i) => add(runRows, layout.digits + i, v))
  const places = [0, 1, 2, 3].map((i) => claimed(y[c.digits + i]))
  const rest = eqTable(rho.slice(split))
  inside.push(places.reduce((sum, w, place) => sum + w * (rest.reduce((v, x, i) => v + x * atColumns[4 * i + place], 0n) % R), 0n) % R)

  if (s.kind === 'order') {
    add(runRows, layout.digits, claimed(y[c.top]))
    inside.push((atColumns[3] + 256n * atColumns[7] + 65536n * atColumns[11]) % R)
  }
  poly(layout.counts, c.table.point, claimed(y[c.count]))
  inside.push(within(c.table.point))

  const [first] = layers
  const w1 = claimed(sums[0])
  const r1 = points[0].slice(postBits)
  eqTable(r1).slice(0, first.width).forEach((v, j) => add(weightRows, weights.first[0] + j, (w1 * v) % R))
  inside.push(inner(features(s, layout, eqTable(points[0].slice(0, postBits))), atColumns))
  add(weightRows, weights.first[0] + first.width, w1)
  inside.push(units(r1, first.width))

  if (c.second) {
    const r2 = points[1].slice(postBits)
    const w2 = claimed(y[c.second.product + 1])
    eqTable(r2).slice(0, layers[1].width).forEach((v, j) => add(weightRows, weights.first[1] + j, (w2 * v) % R))
    inside.push(units(c.second.rounds.point, first.width))
    add(weightRows, weights.first[1] + layers[1].width, claimed(y[c.second.bias]))
    inside.push(units(r2, layers[1].width))
  }
  add(weightRows, weights.output, claimed(y[c.product + 1]))
  inside.push(units(c.units.point, layers[layers.length - 1].width))
  add(weightRows, weights.tail, claimed(y[c.score + 1]))
  inside.push(atColumns[0])
  return { claim, inside, etas, atColumns, runRows, weightRows }
}

const limbBits = 30
const limbs = 9

// Σᵢ weightᵢ·xᵢ for each feature. Products of a feature and 30 bits, summed over 16,384
// posts, stay below 2^51, so that doubles hold them exactly.
function features(s: Statement, { posts, shape }: Layout, weights: readonly bigint[]): bigint[] {
  const x = new Int8Array(s.rows.buffer, s.rows.byteOffset, s.rows.length)
  const width = shape.inputs
  const sums = Array.from({ length: limbs }, () => new Float64Array(width))
  for (let i = 0; i < posts; i++) {
    let rest = weights[i]
    for (const sum of sums) {
      const limb = Number(BigInt.asUintN(limbBits, rest))
      rest >>= BigInt(limbBits)
      for (let k = 0, at = i * width; k < width; k++, at++) sum[k] += limb * x[at]
    }
  }
  return Array.from({ length: width }, (_, k) => mod(sums.reduceRight((v, sum) => (v << BigInt(limbBits)) + BigInt(sum[k]), 0n), R))
}
