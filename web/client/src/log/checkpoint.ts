// A log's signed head: a C2SP signed note, checked against the log's key.
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base64, concat, utf8 } from '../lib/bytes'
import { sameBytes } from './merkle'

/** Who signs a log's heads. */
export interface LogKey {
  origin: string
  /** The Ed25519 key, 32 bytes. */
  key: Uint8Array
}

export interface Checkpoint {
  origin: string
  /** Entries. */
  size: number
  root: Uint8Array
  /** The note as it came, signatures included: what one shows others. */
  note: string
}

const ed25519Kind = 1
const maxNote = 64 << 10

// The four bytes by which a note names a key.
const keyId = (origin: string, key: Uint8Array): Uint8Array => sha256(concat(utf8(origin + '\n'), Uint8Array.of(ed25519Kind), key)).slice(0, 4)

/** Reads a log's key as nodes say it: name+id+key. */
export function parseLogKey(s: string): LogKey {
  const bad = new Error('The node’s word for its log’s key cannot be read.')
  const parts = s.split('+')
  if (parts.length < 3) throw bad
  const [origin, id] = parts as [string, string]
  const raw = base64(parts.slice(2).join('+'))
  if (raw.length !== 33 || raw[0] !== ed25519Kind) throw bad
  const key = raw.slice(1)
  if (Array.from(keyId(origin, key), (v) => v.toString(16).padStart(2, '0')).join('') !== id) throw bad
  return { origin, key }
}

/** Checks a head against the key and reads it; signatures of others are passed over. */
export function openCheckpoint(note: string, by: LogKey): Checkpoint {
  const bad = new Error('The log’s head is not signed by its key.')
  if (note.length > maxNote) throw new Error('The log’s head is longer than any head.')
  const cut = note.indexOf('\n\n')
  if (cut < 0) throw bad
  const text = note.slice(0, cut + 1)
  const [origin, size, root, ...more] = text.slice(0, -1).split('\n')
  if (origin !== by.origin || more.length > 0 || !/^(0|[1-9][0-9]{0,15})$/.test(size ?? '') || !Number.isSafeInteger(Number(size))) throw bad
  const rootBytes = base64(root ?? '')
  if (rootBytes.length !== 32) throw bad
  const id = keyId(by.origin, by.key)
  const signed = note.slice(cut + 2).split('\n').some((line) => {
    const [, name, blob] = /^— (\S+) (\S+)$/.exec(line) ?? []
    if (name !== by.origin || !blob) return false
    const raw = base64(blob)
    return raw.length === 68 && sameBytes(raw.slice(0, 4), id) && ed25519.verify(raw.slice(4), utf8(text), by.key)
  })
  if (!signed) throw bad
  return { origin, size: Number(size), root: rootBytes, note }
}
