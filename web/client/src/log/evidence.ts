// Evidence of a node's fault as the chain takes it: the file that `candor evidence verify`
// reads. What stands in one was signed by the node's account, or anchored by it.
import { sha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Receipt, Ticket } from '../lib/api'
import { base64, concat, fromHex, toHex, utf8 } from '../lib/bytes'
import { typedDigest, uintWord } from '../lib/intent'
import { parseEntry } from './entries'
import { leafHash, rootFromPath, sameBytes } from './merkle'
import { signer } from './receipt'
import type { Heads } from './receipt'

/** Whom the evidence is about. */
export interface About {
  chainId: number
  registry: string
  runLog: string
  node: string
  /** The log's name. */
  origin: string
}

interface Head {
  size: number
  root: string
  /** Of the node's account; none: it anchored the head. */
  signature?: string
}

/** What was seen of one promise. */
export interface Seen {
  receipt?: Receipt
  ticket?: Ticket
  /** Another ticket of the same number. */
  twin?: Ticket
  /** What stands in the log where it was promised to be. */
  entry: Uint8Array | null
  index: number
  /** The canonical bytes of the run that was promised, where the node gave them. */
  run: Uint8Array | null
}

/** The file of the most telling fault that was seen: what the node cannot answer before what it must be asked. */
export async function evidenceFile(a: About, says: string, seen: Seen, heads: Pick<Heads, 'head' | 'tree' | 'anchor'>): Promise<string> {
  const file = (fault: string, parts: object) =>
    JSON.stringify({ version: 'candor/evidence/v1', fault, says, chainId: a.chainId, registry: a.registry, runLog: a.runLog, node: a.node, origin: a.origin, ...parts }, null, 1) + '\n'
  const { receipt, ticket, twin, entry, index, run } = seen
  if (ticket && twin) return file('two-tickets', { tickets: [twin, ticket].map(ticketOf) })
  const signed = signedHead(a, heads)
  const { anchor, head } = heads
  if (signed && anchor && anchor.size === head.size && !sameBytes(anchor.root, head.root)) {
    return file('two-heads', { heads: [{ size: anchor.size, root: toHex(anchor.root) }, signed] })
  }
  const is = entry && parseEntry(entry)
  const vouched = entry && (await vouch(entry, index, signed, heads))
  if (is && vouched && is.chainId === a.chainId && is.registry === a.registry && is.node === a.node) {
    if (is.seq !== index) return file('misplaced', { entries: [vouched] })
    if (receipt && run && is.lane === receipt.lane && toHex(sha256(run)) === receipt.run.toLowerCase()) {
      return file('two-entries', { entries: [{ entry: toHex(run), index, receipt: receiptOf(receipt) }, vouched] })
    }
  }
  return file('unanswered', receipt ? { receipt: receiptOf(receipt) } : { tickets: [ticketOf(ticket!)] })
}

/** The keys of the file's one spelling, in its order. */
const receiptOf = ({ run, node, lane, seq, time, mergeDelay, signature }: Receipt) => ({
  run: run.toLowerCase(), node: node.toLowerCase(), lane, seq, time, mergeDelay, signature: signature.toLowerCase(),
})

const ticketOf = ({ nonce, node, lane, seq, block, time, delay, signature }: Ticket) => ({
  nonce: nonce.toLowerCase(), node: node.toLowerCase(), lane, seq, block, time, delay, signature: signature.toLowerCase(),
})

// The entry under a head for which the node vouches; null where there is none.
async function vouch(entry: Uint8Array, index: number, signed: Head | null, { tree, anchor }: Pick<Heads, 'tree' | 'anchor'>) {
  for (const head of [signed, anchor && { size: anchor.size, root: toHex(anchor.root) }]) {
    if (!head || head.size <= index || head.size > tree.size) continue
    const path = await tree.path(index, head.size)
    const root = rootFromPath(leafHash(entry), index, head.size, path)
    if (root && toHex(root) === head.root) return { entry: toHex(entry), index, head, ...(path.length > 0 && { path: path.map(toHex) }) }
  }
  return null
}

const checkpointType = 'Checkpoint(bytes32 originHash,uint64 size,bytes32 root)'
const accountKind = concat(Uint8Array.of(0xff), utf8('candor/checkpoint/eip712/v1'))

// The log's head with the signature of the node's account, which the note carries beside that of the log's key; null without.
function signedHead(a: About, { head }: Pick<Heads, 'head'>): Head | null {
  const id = sha256(concat(utf8(a.origin + '\n'), accountKind, fromHex(a.node))).slice(0, 4)
  const statement = keccak_256(concat(keccak_256(utf8(checkpointType)), keccak_256(utf8(a.origin)), uintWord(head.size), head.root))
  const digest = typedDigest('Candor RunLog', a.chainId, a.runLog, statement)
  for (const line of head.note.slice(head.note.indexOf('\n\n') + 2).split('\n')) {
    const [, name, blob] = /^— (\S+) (\S+)$/.exec(line) ?? []
    const raw = name === a.origin && blob ? base64(blob) : new Uint8Array()
    if (raw.length !== 69 || !sameBytes(raw.slice(0, 4), id)) continue
    const signature = toHex(raw.slice(4))
    if (signer(digest, signature) === a.node) return { size: head.size, root: toHex(head.root), signature }
  }
  return null
}
