// The entries of a node's log: runs, and aborts that say why there is none.
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '../lib/bytes'

/** What every entry of a lane has. */
interface Common {
  /** SHA-256 of the entry, by which the next one names it. */
  id: string
  chainId: number
  registry: string
  node: string
  lane: number
  seq: number
  previous: string
}

export interface RunEntry extends Common {
  kind: 'run'
  genesis: string
  plugin: string
  version: number
  block: number
  blockHash: string
  mirrorRoot: string
  /** Seconds, rounded down to a minute. */
  time: number
  schema: string
  commitment: string
  shape: string
}

export interface AbortEntry extends Common {
  kind: 'abort'
  ticket: string
  reason: string
}

export type Entry = RunEntry | AbortEntry

const runSize = 544
const abortSize = 141
const reasons = ['', 'plugin-failed', 'node-failed', 'timed-out', 'crashed', 'shut-down', 'abandoned', 'duplicate']

/** Reads an entry by its magic; null for what is neither a run nor an abort. */
export function parseEntry(b: Uint8Array): Entry | null {
  const magic = new TextDecoder('latin1').decode(b.subarray(0, 16))
  const view = new DataView(b.buffer, b.byteOffset, b.byteLength)
  let at = 16
  const bytes = (n: number) => toHex(b.subarray(at, (at += n)))
  const u32 = () => view.getUint32((at += 4) - 4)
  const u64 = () => Number(view.getBigUint64((at += 8) - 8))
  const id = toHex(sha256(b))
  if (b.length === runSize && magic === 'candor/run/v2\0\0\0') {
    return {
      kind: 'run', id, chainId: u64(), genesis: bytes(32), registry: bytes(20), node: bytes(20), plugin: bytes(32), version: u32(), lane: u32(),
      seq: u64(), previous: bytes(32), block: u64(), blockHash: bytes(32), mirrorRoot: bytes(32), time: u64(),
      schema: bytes(32), commitment: bytes(32), shape: bytes(32),
    }
  }
  if (b.length === abortSize && magic === 'candor/abort/v1\0') {
    return {
      kind: 'abort', id, chainId: u64(), registry: bytes(20), node: bytes(20), lane: u32(), seq: u64(), previous: bytes(32), ticket: bytes(32),
      reason: reasons[b[140]!] || `reason ${b[140]}`,
    }
  }
  return null
}
