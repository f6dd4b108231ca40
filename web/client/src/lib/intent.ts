// Signed intents: what an author wants, as EIP-712 typed data that a relay may
// carry to the chain. It mirrors graph.Intent; golden vectors hold both together.
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { concat, fromHex, toHex, utf8 } from './bytes'
import { cidBytes } from './cid'

export type ActionName =
  | 'profile' | 'follow' | 'unfollow' | 'post' | 'react' | 'unreact' | 'remove' | 'block' | 'unblock'
  | 'open' | 'approval' | 'closed' | 'approve' | 'refuse' | 'edit'
export type ReactionName = 'like' | 'repost'

export interface Ref {
  id: string
  cid: string
}

/** An intent as POST /api/v1/intents takes it; times in Unix seconds. */
export interface Intent {
  author: string
  action: ActionName
  nonce: number
  deadline: number
  time: number
  target?: string
  cid?: string
  subject?: Ref
  quote?: Ref
  reaction?: ReactionName
  imported?: boolean
}

const actions: Record<ActionName, number> = {
  profile: 1, follow: 2, unfollow: 3, post: 4, react: 5, unreact: 6, remove: 7, block: 8, unblock: 9,
  open: 10, approval: 11, closed: 12, approve: 13, refuse: 14, edit: 15,
}
const reactions: Record<ReactionName, number> = { like: 1, repost: 2 }

const intentType =
  'Intent(address author,uint8 action,uint64 nonce,uint64 deadline,uint64 time,' +
  'address target,bytes cid,bytes16 subject,bytes subjectCid,bytes16 quote,bytes quoteCid,' +
  'uint8 reaction,bool imported)'
const domainType = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'

/** The 32 bytes that the author signs, for one SocialGraph contract on one chain. */
export function intentDigest(intent: Intent, chainId: number, contract: string): Uint8Array {
  const body = keccak_256(
    concat(
      keccak_256(utf8(intentType)), addressWord(intent.author), uintWord(actions[intent.action]),
      uintWord(intent.nonce), uintWord(intent.deadline), uintWord(intent.time),
      addressWord(intent.target), cidWord(intent.cid),
      positionWord(intent.subject?.id), cidWord(intent.subject?.cid),
      positionWord(intent.quote?.id), cidWord(intent.quote?.cid),
      uintWord(intent.reaction ? reactions[intent.reaction] : 0), uintWord(intent.imported ? 1 : 0),
    ),
  )
  return typedDigest('Candor SocialGraph', chainId, contract, body)
}

/** The 32 bytes that are signed for a struct's hash (EIP-712), for one contract on one chain. */
export function typedDigest(name: string, chainId: number, contract: string, body: Uint8Array): Uint8Array {
  const domain = keccak_256(
    concat(keccak_256(utf8(domainType)), keccak_256(utf8(name)), keccak_256(utf8('1')), uintWord(chainId), addressWord(contract)),
  )
  return keccak_256(concat(Uint8Array.of(0x19, 0x01), domain, body))
}

/** Signs as contracts want it: r, s (low), v of 27 or 28; 65 bytes. */
export function signDigest(digest: Uint8Array, key: Uint8Array): string {
  const s = secp256k1.sign(digest, key, { prehash: false, lowS: true, format: 'recovered' })
  return toHex(concat(s.slice(1), Uint8Array.of(27 + s[0]!)))
}

/** The Ethereum address of a private key, lower case. */
export function addressOf(key: Uint8Array): string {
  return toHex(keccak_256(secp256k1.getPublicKey(key, false).slice(1)).slice(12))
}

/** A fresh private key, 32 bytes. */
export const newKey = (): Uint8Array => secp256k1.utils.randomSecretKey()

/** Whether 32 bytes may serve as a private key. */
export const isKey = (key: Uint8Array): boolean => secp256k1.utils.isValidSecretKey(key)

export function uintWord(v: number): Uint8Array {
  if (!Number.isSafeInteger(v) || v < 0) throw new Error(`${v} is not a number that can be signed.`)
  return fromHex(v.toString(16).padStart(64, '0'))
}

export function addressWord(a?: string): Uint8Array {
  if (a === undefined) return new Uint8Array(32)
  const raw = fromHex(a)
  if (raw.length !== 20) throw new Error(`${a} is no address: an address has 20 bytes.`)
  return concat(new Uint8Array(12), raw)
}

function cidWord(cid?: string): Uint8Array {
  return keccak_256(cid === undefined ? new Uint8Array() : cidBytes(cid))
}

// A position is block (8 bytes), transaction (4), log (4), at the left of its word.
function positionWord(id?: string): Uint8Array {
  if (id === undefined) return new Uint8Array(32)
  const m = /^(\d{1,20})-(\d{1,10})-(\d{1,10})$/.exec(id)
  if (!m) throw new Error(`${id} is no post: a post's id reads like 12-0-3.`)
  const word = (s: string, digits: number) => {
    const h = BigInt(s).toString(16).padStart(digits, '0')
    if (h.length > digits) throw new Error(`${id} is no post: its numbers are too large.`)
    return h
  }
  return fromHex(word(m[1]!, 16) + word(m[2]!, 8) + word(m[3]!, 8) + '0'.repeat(32))
}
