// The tree of a transparency log (RFC 6962): hashes, paths, and roots read from tiles.
import { sha256 } from '@noble/hashes/sha2.js'
import { concat } from '../lib/bytes'

export const hashSize = 32

export const leafHash = (entry: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(0), entry))
const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(1), left, right))

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((v, i) => v === b[i])

/** The root of the tree of that size that has the leaf at the index (RFC 9162, 2.1.3.2); null where the path is none. */
export function rootFromPath(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[]): Uint8Array | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null
  let [fn, sn, root] = [index, size - 1, leaf]
  for (const p of path) {
    if (sn === 0 || p.length !== hashSize) return null
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(p, root)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else {
      root = nodeHash(root, p)
    }
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 ? root : null
}

/** Gives the hashes of a tile: level of the tile (8 levels of the tree each), its number, how many it has. */
export type ReadTile = (level: number, index: number, width: number) => Promise<Uint8Array>

const span = 256 // hashes in a full tile

/** A tree of so many leaves, as its tiles have it. What comes out is worth what it is compared with. */
export class Tree {
  readonly size: number
  readonly #read: ReadTile
  readonly #tiles = new Map<string, Promise<Uint8Array>>()

  constructor(size: number, read: ReadTile) {
    this.size = size
    this.#read = read
  }

  /** The root of the tree of the first n leaves. */
  root(n: number): Promise<Uint8Array> {
    if (n < 1 || n > this.size) throw new Error(`A log of ${this.size} entries has no tree of ${n}.`)
    return this.#range(0, n)
  }

  /** The hash of one leaf. */
  leaf(index: number): Promise<Uint8Array> {
    return this.#node(0, index)
  }

  /** The path from the leaf to the root of the tree of the first n leaves. */
  async path(index: number, n: number): Promise<Uint8Array[]> {
    if (index < 0 || index >= n || n > this.size) throw new Error(`A tree of ${n} entries has no entry ${index}.`)
    const path: Promise<Uint8Array>[] = []
    for (let [from, to] = [0, n]; to - from > 1; ) {
      const middle = from + half(to - from)
      if (index < middle) {
        path.unshift(this.#range(middle, to))
        to = middle
      } else {
        path.unshift(this.#range(from, middle))
        from = middle
      }
    }
    return Promise.all(path)
  }

  // The hash over leaves from … to - 1, which is whole where the tree splits there.
  async #range(from: number, to: number): Promise<Uint8Array> {
    const n = to - from
    const level = Math.round(Math.log2(n))
    if (2 ** level === n && from % n === 0) return this.#node(level, from / n)
    const middle = from + half(n)
    const [left, right] = await Promise.all([this.#range(from, middle), this.#range(middle, to)])
    return nodeHash(left, right)
  }

  // The hash of a whole subtree of 2^level leaves, from the highest tile that has what it is made of.
  async #node(level: number, index: number): Promise<Uint8Array> {
    const tileLevel = Math.floor(level / 8)
    const below = 2 ** (level - 8 * tileLevel)
    const first = index * below
    const tile = await this.#tile(tileLevel, Math.floor(first / span))
    let hashes = Array.from({ length: below }, (_, i) => {
      const at = ((first % span) + i) * hashSize
      return tile.subarray(at, at + hashSize)
    })
    while (hashes.length > 1) hashes = Array.from({ length: hashes.length / 2 }, (_, i) => nodeHash(hashes[2 * i]!, hashes[2 * i + 1]!))
    return hashes[0]!
  }

  #tile(level: number, index: number): Promise<Uint8Array> {
    const key = `${level}/${index}`
    let tile = this.#tiles.get(key)
    if (!tile) {
      const whole = Math.floor(this.size / 256 ** level)
      const width = Math.min(span, whole - index * span)
      tile = this.#read(level, index, width).then((b) => {
        if (b.length < width * hashSize) throw new Error(`The log’s tile ${key} is shorter than its size asks for.`)
        return b
      })
      this.#tiles.set(key, tile)
      tile.catch(() => this.#tiles.delete(key)) // it may be asked for again
    }
    return tile
  }
}

// The largest power of two below n.
function half(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}
