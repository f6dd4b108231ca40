// Looks for kept promises in the node's log, and says what became of each.
import { api } from './api'
import type { Chain, Ticket } from './api'
import { fromHex, toHex } from './bytes'
import type { KeptReceipt } from './receipts'
import { ChainReader } from '../log/chain'
import { parseLogKey } from '../log/checkpoint'
import { parseEntry } from '../log/entries'
import { evidenceFile } from '../log/evidence'
import type { About } from '../log/evidence'
import { leafHash, rootFromPath, sameBytes } from '../log/merkle'
import { LogReader } from '../log/reader'
import { Contradiction, judge, readHeads, receiptClaim, ticketClaim, ticketId } from '../log/receipt'
import type { Heads } from '../log/receipt'

/** The log and the chain that the node names; an endpoint of the reader's own goes before. */
export function places(facts: Chain, rpc = facts.rpc): { log: LogReader; chain: ChainReader } {
  // The page may ask its own node only, so the log is asked where the page came from.
  const log = new LogReader(new URL(new URL(facts.log).pathname, location.origin).href, parseLogKey(facts.logKey))
  return { log, chain: new ChainReader({ rpc, ...facts.contracts }) }
}

/** Judges promises of this node; all are those among which two of one number are looked for. Fails when log or chain cannot be read. */
export async function settle(these: KeptReceipt[], facts: Chain, over?: ChainReader, all = these): Promise<KeptReceipt[]> {
  const named = places(facts)
  const { log, chain } = { log: named.log, chain: over ?? named.chain }
  const now = Math.floor(Date.now() / 1000)
  const about: About = {
    chainId: facts.chainId, registry: facts.contracts.registry.toLowerCase(), runLog: facts.contracts.runLog.toLowerCase(), node: facts.node.toLowerCase(), origin: log.key.origin,
  }
  const claim = (r: KeptReceipt) => (r.receipt ? receiptClaim(r.receipt) : ticketClaim(r.ticket!, about.chainId, about.runLog))
  const blame = async (r: KeptReceipt, says: string, heads: Pick<Heads, 'head' | 'tree' | 'anchor'>, seen: { entry?: Uint8Array | null; twin?: Ticket } = {}): Promise<KeptReceipt> => {
    const { anchor, head } = heads
    const entry = seen.entry ?? null
    const run = entry && r.receipt ? await runOf(r) : null
    const file = await evidenceFile(about, says, { receipt: r.receipt, ticket: r.ticket, twin: seen.twin, entry, index: claim(r).seq, run }, heads)
    return {
      ...r, checked: now, state: 'missing', says,
      evidence: { file, checkpoint: head.note, entry: entry ? toHex(entry) : '', anchor: anchor && { ...anchor, root: toHex(anchor.root) }, log: facts.log, found: now },
    }
  }
  let heads: Heads
  try {
    heads = await readHeads(log, chain, facts.node)
  } catch (e) {
    if (!(e instanceof Contradiction)) throw e
    const [head, anchor] = await Promise.all([log.head(), chain.latest(facts.node, log.key.origin)])
    return Promise.all(these.map((r) => (claim(r).binds ? blame(r, e.message, { head, anchor, tree: log.tree(head.size) }) : unsigned(r, now))))
  }
  const out: KeptReceipt[] = []
  for (const r of these) {
    try {
      const twin = twinOf(r, all, about)
      const found = await judge(claim(r), heads, log, now)
      if (twin) out.push(await blame(r, `The node gave two tickets of number ${r.ticket!.seq}.`, heads, { twin }))
      else if (found.state === 'missing') out.push(found.binds ? await blame(r, found.why, heads, { entry: found.entry }) : unsigned(r, now))
      else if (found.state === 'logged') out.push({ ...r, checked: now, state: 'logged', anchor: { size: found.size, block: found.block }, says: undefined, evidence: undefined })
      else out.push({ ...r, checked: now, state: 'promised', says: found.signed ? heads.unanchored || 'It is in the log that the node signed, and waits for an anchor on the chain.' : undefined })
    } catch (e) {
      if (!(e instanceof Contradiction)) throw e
      out.push(await blame(r, e.message, heads))
    }
  }
  return out
}

// What no node signed is no promise, and no evidence either.
const unsigned = (r: KeptReceipt, now: number): KeptReceipt => ({
  ...r, checked: now, state: 'missing', says: 'It came without the signature of its node: nobody promised anything.', evidence: undefined,
})

// Another ticket of the same number, which the node signed, too.
function twinOf(r: KeptReceipt, all: KeptReceipt[], { chainId, runLog }: About): Ticket | undefined {
  const t = r.ticket
  if (!t || !ticketClaim(t, chainId, runLog).binds) return undefined
  return all.find(({ ticket: o }) => o && o.node.toLowerCase() === t.node.toLowerCase() && o.lane === t.lane && o.seq === t.seq && !sameBytes(ticketId(o), ticketId(t)) && ticketClaim(o, chainId, runLog).binds)?.ticket
}

// The bytes of the run that was promised, where the node still gives its bundle.
async function runOf(r: KeptReceipt): Promise<Uint8Array | null> {
  try {
    return fromHex((JSON.parse(await api.bundle(r.run, r.opening)) as { run: string }).run)
  } catch {
    return null
  }
}

/** Looks for a run at its place in the log, under the signed and the anchored head. */
export async function findInLog(run: string, index: number, facts: Chain): Promise<{ ok: boolean | null; name: string; says: string }[]> {
  const { log, chain } = places(facts)
  const heads = await readHeads(log, chain, facts.node)
  const { head, tree, anchor } = heads
  if (index >= head.size) return [{ ok: null, name: 'entry', says: `The newest signed head has ${head.size} entries and this is to be number ${index}: look again in a moment.` }]
  const [entry] = await log.entries(index, index + 1, head.size)
  const is = parseEntry(entry!)?.id === run.toLowerCase()
  const leaf = leafHash(entry!)
  const under = async (size: number, root: Uint8Array) => {
    const path = await tree.path(index, size)
    const got = rootFromPath(leaf, index, size, path)
    return { ok: got !== null && sameBytes(got, root), hashes: path.length }
  }
  const signed = await under(head.size, head.root)
  const lines: { ok: boolean | null; name: string; says: string }[] = [
    { ok: is, name: 'entry', says: is ? `Number ${index} is this run: its bytes hash to the run’s id.` : `Number ${index} is something else than this run.` },
    { ok: signed.ok, name: 'signed head', says: `${head.size} entries, signed by the log’s key; ${signed.hashes} hashes lead from the entry to its root.` },
  ]
  if (!anchor || anchor.size <= index) {
    lines.push({ ok: null, name: 'anchored head', says: heads.unanchored || 'The head that stands on the chain is older than the run: look again in a moment.' })
  } else {
    const anchored = await under(anchor.size, anchor.root)
    lines.push({ ok: anchored.ok, name: 'anchored head', says: `${anchor.size} entries, on the chain since block ${anchor.block}, as the node’s endpoint says; ${anchored.hashes} hashes lead there.` })
  }
  return lines
}
