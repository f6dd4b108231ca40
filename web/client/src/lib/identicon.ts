// A face for an address: five columns, mirrored, in the address's own hue.

export interface Identicon {
  hue: number
  /** Cells of a 5 × 5 grid, as column and row. */
  cells: [number, number][]
}

export function identicon(address: string): Identicon {
  let seed = 0x811c9dc5
  const next = () => {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    return seed >>> 0
  }
  for (const c of address.toLowerCase()) seed = Math.imul(seed ^ c.charCodeAt(0), 0x01000193)
  seed ||= 1
  const hue = next() % 360
  const cells: [number, number][] = []
  for (let x = 0; x < 3; x++) {
    for (let y = 0; y < 5; y++) {
      if (next() % 100 < 48) cells.push(...(x === 2 ? [[2, y] as [number, number]] : [[x, y], [4 - x, y]] as [number, number][]))
    }
  }
  return { hue, cells }
}
