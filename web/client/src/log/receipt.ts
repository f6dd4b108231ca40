// A node's signed promise that something will be in its log, and whether it was kept.
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Receipt, Ticket } from '../lib/api'
import { concat, fromHex, toHex, utf8 } from '../lib/bytes'
import { addressWord, typedDigest, uintWord } from '../lib/intent'
import type { Anchor, ChainReader } from './chain'
import type { Checkpoint } from './checkpoint'
import { parseEntry } from './entries'
import type { Entry } from './entries'
import { leafHash, rootFromPath, sameBytes } from './merkle'
import type { Tree } from './merkle'
import type { LogReader } from './reader'

/** What two signed words of a node say against each other. */
export class Contradiction extends Error {}

/** The heads that receipts are compared with. */
export interface Heads {
  head: Checkpoint
  tree: Tree
  /** The newest anchored head; null when none was or the chain could not be asked. */
  anchor: Anchor | null
  /** Why the chain could not be asked. */
  unanchored: string
}

/** Reads the log's head and the chain's newest anchor, and compares both with the log's tree. */
export async function readHeads(log: LogReader, chain: ChainReader, node: string): Promise<Heads> {
  let anchor: Anchor | null = null
  let unanchored = ''
  try {
    anchor = await chain.latest(node, log.key.origin) // before the head, which only grows
  } catch (e) {
    unanchored = e instanceof Error ? e.message : String(e)
  }
  const head = await log.head()
  const tree = log.tree(head.size)
  if (head.size > 0 && !sameBytes(await tree.root(head.size), head.root)) throw new Contradiction('The log’s files are not the tree that its head signs.')
  if (anchor) await checkAnchor(anchor, head, tree)
  return { head, tree, anchor, unanchored }
}

/** Fails unless the anchored tree is the beginning of the log. */
export async function checkAnchor(a: Anchor, head: Checkpoint, tree: Tree): Promise<void> {
  if (a.size > head.size) throw new Contradiction(`The node anchored a log of ${a.size} entries in block ${a.block} and shows one of ${head.size}.`)
  if (!sameBytes(await tree.root(a.size), a.root)) throw new Contradiction(`The log that the node shows is not the one that it anchored in block ${a.block}.`)
}

export type Kept =
  /** The entry is under an anchored head: everybody sees it. */
  | { state: 'logged'; size: number; block: number }
  /** There is time left, or the entry is in the signed log and not anchored yet. */
  | { state: 'promised'; signed: boolean }
  /** The promise is broken, or was never the node's. */
  | { state: 'missing'; why: string; entry: Uint8Array | null; binds: boolean }

/** What a receipt or a ticket promises. */
export interface Claim {
  seq: number
  /** The second from which it must be in the log. */
  due: number
  /** Whether its node signed it. */
  binds: boolean
  /** Whether this is what was promised; null is an entry of another kind. */
  keeps(entry: Entry | null): boolean
}

export const receiptClaim = (r: Receipt): Claim => ({
  seq: r.seq, due: r.time + r.mergeDelay, binds: signerOf(r) === r.node.toLowerCase(), keeps: (e) => e?.id === r.run.toLowerCase(),
})

/** The claim of a ticket that was given for one RunLog contract on one chain: a run on its block, or its abort. */
export function ticketClaim(t: Ticket, chainId: number, runLog: string): Claim {
  const id = toHex(ticketId(t))
  const mine = (e: Entry) => e.node === t.node.toLowerCase() && e.lane === t.lane && e.seq === t.seq
  return {
    seq: t.seq, due: t.time + t.delay, binds: signer(typedDigest('Candor RunLog', chainId, runLog, ticketId(t)), t.signature) === t.node.toLowerCase(),
    keeps: (e) => e !== null && mine(e) && (e.kind === 'run' ? e.block === t.block : e.ticket === id),
  }
}

const ticketType = 'Ticket(bytes32 nonce,address node,uint32 lane,uint64 seq,uint64 atBlock,uint64 time,uint32 delay)'

/** What aborts name a ticket by: its EIP-712 hash. */
export const ticketId = (t: Ticket): Uint8Array =>
  keccak_256(concat(keccak_256(utf8(ticketType)), fromHex(t.nonce), addressWord(t.node), ...[t.lane, t.seq, t.block, t.time, t.delay].map(uintWord)))

/** Seconds by which clocks may differ. */
const skew = 30

/** Says whether the promise was kept. */
export async function judge(r: Claim, heads: Heads, log: LogReader, now: number): Promise<Kept> {
  if (!r.binds) return { state: 'missing', why: 'It is not signed by its node: nobody promised anything.', entry: null, binds: false }
  const { head, tree, anchor } = heads
  if (r.seq >= head.size) {
    const due = r.due + skew
    if (now <= due) return { state: 'promised', signed: false }
    return { state: 'missing', why: `The log has ${head.size} entries, and this one should be number ${r.seq} since ${now - due + skew} seconds.`, entry: null, binds: true }
  }
  const [entry] = await log.entries(r.seq, r.seq + 1, head.size)
  const leaf = leafHash(entry!)
  const path = await tree.path(r.seq, head.size)
  const root = rootFromPath(leaf, r.seq, head.size, path)
  if (!root || !sameBytes(root, head.root)) throw new Contradiction(`Entry ${r.seq} of the log is not in the tree that its head signs.`)
  if (!r.keeps(parseEntry(entry!))) {
    return { state: 'missing', why: `Entry ${r.seq} of the log is something else than what was promised there.`, entry: entry!, binds: true }
  }
  if (!anchor || anchor.size <= r.seq) return { state: 'promised', signed: true }
  const anchored = rootFromPath(leaf, r.seq, anchor.size, await tree.path(r.seq, anchor.size))
  if (!anchored || !sameBytes(anchored, anchor.root)) throw new Contradiction(`Entry ${r.seq} is not in the log that the node anchored in block ${anchor.block}.`)
  return { state: 'logged', size: anchor.size, block: anchor.block }
}

/** The address that signed the receipt, lower case; '' where nobody did. */
export function signerOf(r: Receipt): string {
  try {
    const number = (n: number, size: number) => fromHex(BigInt(n).toString(16).padStart(2 * size, '0'))
    const digest = keccak_256(
      concat(utf8('candor/receipt/v1'), fromHex(r.run), fromHex(r.node), number(r.lane, 4), number(r.seq, 8), number(r.time, 8), number(r.mergeDelay, 4)),
    )
    return signer(digest, r.signature)
  } catch {
    return ''
  }
}

/** The address that signed the digest, lower case; '' where nobody did. */
export function signer(digest: Uint8Array, signature: string): string {
  try {
    const raw = fromHex(signature)
    if (raw.length !== 65 || (raw[64] !== 27 && raw[64] !== 28)) return ''
    const recovered = concat(Uint8Array.of(raw[64]! - 27), raw.slice(0, 64))
    const key = secp256k1.Point.fromBytes(secp256k1.recoverPublicKey(recovered, digest, { prehash: false }))
    return toHex(keccak_256(key.toBytes(false).slice(1)).slice(12))
  } catch {
    return ''
  }
}
