// Content identifiers: CIDv1 in lower-case base32, as every Candor API spells them.
import { sha256 } from '@noble/hashes/sha2.js'
import { concat } from './bytes'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
// version 1, codec dag-json (0x0129 as a varint), multihash sha2-256 of 32 bytes
const dagJSON = Uint8Array.of(0x01, 0xa9, 0x02, 0x12, 0x20)

/** The CID (dag-json, sha2-256) of a document's bytes. */
export function documentCID(doc: Uint8Array): string {
  return 'b' + base32(concat(dagJSON, sha256(doc)))
}

/** The CID (raw, sha2-256) of one block of bytes. */
export const rawCID = (block: Uint8Array): string => 'b' + base32(concat(Uint8Array.of(0x01, 0x55, 0x12, 0x20), sha256(block)))

/** The binary form of a CID, as contracts and intents carry it. */
export function cidBytes(cid: string): Uint8Array {
  if (!cid.startsWith('b')) throw new Error(`The CID ${cid} is not in base32.`)
  const out: number[] = []
  let bits = 0
  let acc = 0
  for (const c of cid.slice(1)) {
    const v = alphabet.indexOf(c)
    if (v < 0) throw new Error(`The CID ${cid} has the letter ${c}, which base32 lacks.`)
    acc = ((acc << 5) | v) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      out.push((acc >> bits) & 0xff)
    }
  }
  if (bits >= 5 || (acc & ((1 << bits) - 1)) !== 0) throw new Error(`The CID ${cid} does not end as base32 does.`)
  if (!wellFormed(out)) throw new Error(`The CID ${cid} is not a version 1 CID.`)
  return Uint8Array.from(out)
}

// Version, codec, hash function and digest size are varints; the digest ends the CID.
function wellFormed(raw: number[]): boolean {
  let at = 0
  const varint = () => {
    let v = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const b = raw[at++]
      if (b === undefined) return -1
      v |= (b & 0x7f) << shift
      if (b < 0x80) return v
    }
    return -1
  }
  const [version, codec, hash, size] = [varint(), varint(), varint(), varint()]
  return version === 1 && codec >= 0 && hash >= 0 && size === raw.length - at
}

function base32(b: Uint8Array): string {
  let s = ''
  let bits = 0
  let acc = 0
  for (const v of b) {
    acc = ((acc << 8) | v) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      s += alphabet[(acc >> bits) & 31]
    }
  }
  return bits > 0 ? s + alphabet[(acc << (5 - bits)) & 31] : s
}
