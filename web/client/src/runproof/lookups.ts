// The tables that excesses, activations, remainders and digits are looked up in.
import { R, eqTable, inner, invertAll, mod } from './field'
import type { Layout } from './layout'
import type { Replay } from './replay'

/** Tags of a layer's tables, of remainders and of pairs; bytes have the tag 0. */
export const tagsOf = (layer: number): [bigint, bigint] => [BigInt(2 * layer + 1), BigInt(2 * layer + 2)]

/** ω~ at the point of step 15: one over each entry's denominator, extended. */
export function tableAt(layout: Layout, c: Replay): bigint {
  let inverses: bigint[]
  try {
    inverses = invertAll(denominators(layout, c), R)
  } catch {
    throw new Error('A challenge hits an entry of a table; the proof must be made anew.')
  }
  return inner(inverses, eqTable(c.table.point))
}

function denominators(layout: Layout, { gamma, beta, delta }: Replay): bigint[] {
  const out: bigint[] = []
  const count = (start: bigint, entries: number) => {
    for (let v = 0; v < entries; v++) out.push(mod(start - BigInt(v), R))
  }
  count(gamma, layout.tables[0])
  layout.layers.forEach((layer, l) => {
    const [remainders, pairs] = tagsOf(l)
    count(gamma - delta * remainders, 1 << layer.shift)
    for (let q = layer.least; q <= layer.largest; q++) {
      const a = Math.min(Math.max(q, 0), 127)
      out.push(mod(gamma - delta * pairs - BigInt(q - a) - beta * BigInt(a), R))
    }
  })
  return out
}
