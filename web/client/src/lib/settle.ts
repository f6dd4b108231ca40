// Looks for kept receipts in the node's log, and says what became of each.
import type { Chain, Receipt } from './api'
import { toHex } from './bytes'
import type { KeptReceipt } from './receipts'
import { ChainReader } from '../log/chain'
import { parseLogKey } from '../log/checkpoint'
import { parseEntry } from '../log/entries'
import { leafHash, rootFromPath, sameBytes } from '../log/merkle'
import { LogReader } from '../log/reader'
import { Contradiction, judge, readHeads } from '../log/receipt'

/** The log and the chain that the node names; an endpoint of the reader's own goes before. */
export function places(facts: Chain, rpc = facts.rpc): { log: LogReader; chain: ChainReader } {
  // The page may ask its own node only, so the log is asked where the page came from.
  const log = new LogReader(new URL(new URL(facts.log).pathname, location.origin).href, parseLogKey(facts.logKey))
  return { log, chain: new ChainReader({ rpc, ...facts.contracts }) }
}

/** Judges receipts of this node. Fails when log or chain cannot be read. */
export async function settle(these: KeptReceipt[], facts: Chain, over?: ChainReader): Promise<KeptReceipt[]> {
  const named = places(facts)
  const { log, chain } = { log: named.log, chain: over ?? named.chain }
  const now = Math.floor(Date.now() / 1000)
  const blame = (r: KeptReceipt, says: string, entry: string, checkpoint: string, anchor: { size: number; root: Uint8Array; block: number } | null): KeptReceipt => ({
    ...r, checked: now, state: 'missing', says,
    evidence: { file: evidenceFile(r.receipt, says, facts, log.key.origin), checkpoint, entry, anchor: anchor && { ...anchor, root: toHex(anchor.root) }, log: facts.log, found: now },
  })
  let heads
  try {
    heads = await readHeads(log, chain, facts.node)
  } catch (e) {
    if (!(e instanceof Contradiction)) throw e
    const [head, anchor] = await Promise.all([log.head(), chain.latest(facts.node, log.key.origin)])
    return these.map((r) => blame(r, e.message, '', head.note, anchor))
  }
  const out: KeptReceipt[] = []
  for (const r of these) {
    try {
      const found = await judge(r.receipt, heads, log, now)
      if (found.state === 'missing') out.push(blame(r, found.why, found.entry, heads.head.note, heads.anchor))
      else if (found.state === 'logged') out.push({ ...r, checked: now, state: 'logged', anchor: { size: found.size, block: found.block }, says: undefined, evidence: undefined })
      else out.push({ ...r, checked: now, state: 'promised', says: found.signed ? heads.unanchored || 'It is in the log that the node signed, and waits for an anchor on the chain.' : undefined })
    } catch (e) {
      if (!(e instanceof Contradiction)) throw e
      out.push(blame(r, e.message, '', heads.head.note, heads.anchor))
    }
  }
  return out
}

// The file of a promise that is not kept: with it anyone demands the entry on the chain,
// and the node that cannot show it loses its bond.
function evidenceFile(r: Receipt, says: string, facts: Chain, origin: string): string {
  const { run, node, lane, seq, time, mergeDelay, signature } = r
  const { registry, runLog } = facts.contracts
  const file = {
    version: 'candor/evidence/v1', fault: 'unanswered', says, chainId: facts.chainId, registry: registry.toLowerCase(), runLog: runLog.toLowerCase(),
    node: node.toLowerCase(), origin, receipt: { run, node: node.toLowerCase(), lane, seq, time, mergeDelay, signature },
  }
  return JSON.stringify(file, null, 1) + '\n'
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
