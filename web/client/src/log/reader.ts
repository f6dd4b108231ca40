// Reads a log over HTTP, laid out as tlog-tiles. Nothing is believed here but that
// answers have their length: who reads compares with a signed or an anchored head.
import { openCheckpoint } from './checkpoint'
import type { Checkpoint, LogKey } from './checkpoint'
import { Tree } from './merkle'

const bundleWidth = 256
const maxTile = bundleWidth * 32
const maxBundle = bundleWidth * (2 + 0xffff)

export class LogReader {
  /** Where the log is, with a slash at its end. */
  readonly url: string
  readonly key: LogKey

  constructor(url: string, key: LogKey) {
    this.url = url.endsWith('/') ? url : url + '/'
    this.key = key
  }

  /** The newest head, its signature checked. */
  async head(): Promise<Checkpoint> {
    const b = await this.#file('checkpoint', 64 << 10, 'no-store')
    return openCheckpoint(new TextDecoder().decode(b), this.key)
  }

  tree(size: number): Tree {
    return new Tree(size, (level, index, width) => this.#tile(`tile/${level}/`, index, width, maxTile))
  }

  /** Entries from … to - 1 of a log of that size. */
  async entries(from: number, to: number, size: number): Promise<Uint8Array[]> {
    if (from < 0 || to > size) throw new Error(`A log of ${size} entries has none from ${from} to ${to}.`)
    const all: Uint8Array[] = []
    for (let n = Math.floor(from / bundleWidth); n * bundleWidth < to; n++) {
      const width = Math.min(bundleWidth, size - n * bundleWidth)
      const bundle = split(await this.#tile('tile/entries/', n, width, maxBundle), width)
      bundle.forEach((e, i) => {
        const at = n * bundleWidth + i
        if (at >= from && at < to) all.push(e)
      })
    }
    return all
  }

  // A partial tile may be gone once the whole one is there.
  async #tile(under: string, index: number, width: number, most: number): Promise<Uint8Array> {
    const name = under + tileName(index)
    if (width === bundleWidth) return this.#file(name, most)
    try {
      return await this.#file(`${name}.p/${width}`, most)
    } catch (e) {
      if (!(e instanceof Missing)) throw e
      return this.#file(name, most)
    }
  }

  async #file(path: string, most: number, cache: RequestCache = 'default'): Promise<Uint8Array> {
    let response: Response
    try {
      response = await fetch(this.url + path, { cache, signal: AbortSignal.timeout(30_000) })
    } catch {
      throw new Error('The log does not answer.')
    }
    if (response.status === 404) throw new Missing(`The log has no ${path}.`)
    if (!response.ok) throw new Error(`The log answers ${response.status} for ${path}.`)
    const b = new Uint8Array(await response.arrayBuffer())
    if (b.length > most) throw new Error(`The log’s ${path} is larger than any file of a log.`)
    return b
  }
}

class Missing extends Error {}

/** The name of a tile: groups of three digits, all but the last with an x before. */
export function tileName(index: number): string {
  let name = String(index % 1000).padStart(3, '0')
  for (let n = Math.floor(index / 1000); n > 0; n = Math.floor(n / 1000)) name = `x${String(n % 1000).padStart(3, '0')}/${name}`
  return name
}

// A bundle: each entry behind its length, two bytes.
function split(b: Uint8Array, least: number): Uint8Array[] {
  const all: Uint8Array[] = []
  for (let at = 0; at < b.length; ) {
    const length = at + 2 <= b.length ? (b[at]! << 8) | b[at + 1]! : -1
    const end = at + 2 + length
    if (length < 0 || end > b.length) throw new Error('A bundle of the log’s entries is damaged.')
    all.push(b.slice(at + 2, end))
    at = end
  }
  if (all.length < least) throw new Error('A bundle of the log’s entries ends too early.')
  return all
}
