// The light audit: what a browser can check of a node within a minute. Each check says in
// plain words what it found, and what that does not say.
import { api, Refusal } from './api'
import type { Chain, Reveal } from './api'
import { base64, toHex } from './bytes'
import { rawCID } from './cid'
import { counted, sentence } from './format'
import { keeper } from './keeper.svelte'
import { promiseOf } from './receipts'
import { places } from './settle'
import { overdue } from './standing'
import { openReveal, verifyBundle } from './verify'
import type { ChainReader } from '../log/chain'
import { parseEntry } from '../log/entries'
import { leafHash, sameBytes } from '../log/merkle'
import type { LogReader } from '../log/reader'
import { checkAnchor, Contradiction, readHeads } from '../log/receipt'
import type { Heads } from '../log/receipt'

export type Outcome = 'good' | 'warn' | 'bad' | 'unknown'

export interface Finding {
  outcome: Outcome
  says: string
}

export interface Step {
  id: string
  title: string
  /** What a good outcome does not say. */
  not: string
  state: 'waiting' | 'running' | Outcome
  says: string
  done: number
  of: number
}

type Progress = (done: number, of: number) => void

interface Place {
  facts: Chain
  log: LogReader
  chain: ChainReader
  heads?: Heads
  /** How many of the newest entries are read. */
  newest: number
}

const plans: { id: string; title: string; not: string; check: (p: Place, tell: Progress) => Promise<Finding> }[] = [
  { id: 'head', title: 'The head of the log is signed', not: 'that others are shown the same log: the next check looks for that.', check: head },
  { id: 'anchors', title: 'The log is the one that stands on the chain', not: 'more than the endpoint that was asked knows of the chain.', check: anchors },
  { id: 'gapless', title: 'No entry of the log is missing', not: 'what the runs of named readers were: the log shows that they exist.', check: gapless },
  { id: 'receipts', title: 'What you were shown is in the log', not: 'anything about what others were shown: they keep their own receipts.', check: receipts },
  { id: 'proofs', title: 'Proofs of some anonymous runs hold', not: 'that the rankings are fair, or their candidates complete.', check: proofs },
  { id: 'reveals', title: 'Models whose date has come are public', not: 'that the models are good: the fairness tests of auditors ask that.', check: reveals },
]

export class BrowserAudit {
  steps: Step[] = $state(plans.map(({ id, title, not }) => ({ id, title, not, state: 'waiting', says: '', done: 0, of: 0 })))
  running = $state(false)
  /** Why it could not begin. */
  problem = $state('')
  finished = $state(0)

  async run(rpc: string, newest: number) {
    if (this.running) return
    this.running = true
    this.problem = ''
    for (const s of this.steps) Object.assign(s, { state: 'waiting', says: '', done: 0, of: 0 })
    try {
      const facts = await api.chain()
      const place: Place = { facts, ...places(facts, rpc || facts.rpc), newest }
      if (rpc) await place.chain.is(facts.chainId, facts.genesis)
      for (const [i, plan] of plans.entries()) {
        const step = this.steps[i]!
        step.state = 'running'
        const found = await plan.check(place, (done, of) => Object.assign(step, { done, of })).catch(
          (e: unknown): Finding => ({ outcome: e instanceof Contradiction ? 'bad' : 'unknown', says: sentence(e) }),
        )
        Object.assign(step, { state: found.outcome, says: found.says })
      }
      this.finished = Math.floor(Date.now() / 1000)
    } catch (e) {
      this.problem = sentence(e)
    }
    this.running = false
  }
}

async function head(p: Place): Promise<Finding> {
  p.heads = await readHeads(p.log, p.chain, p.facts.node)
  const { head, unanchored } = p.heads
  const says = `${counted(head.size, 'entry', 'entries')}, signed with Ed25519 by the log ${head.origin}.`
  if (unanchored) return { outcome: 'warn', says: `${says} Whether that key is the node’s is the node’s own word: ${unanchored}` }
  const key = await p.chain.logKey(p.facts.node)
  if (!key) return { outcome: 'bad', says: `${says} The chain’s Registry knows no such node.` }
  if (!sameBytes(key, p.log.key.key)) return { outcome: 'bad', says: `${says} The chain’s Registry names another key for this node.` }
  return { outcome: 'good', says: `${says} The chain’s Registry has the same key for this node.` }
}

const needHeads = (p: Place): Heads => {
  if (!p.heads) throw new Error('Not looked at: the log’s head could not be read.')
  return p.heads
}

async function anchors(p: Place, tell: Progress): Promise<Finding> {
  const { head, tree, anchor, unanchored } = needHeads(p)
  if (unanchored) return { outcome: 'unknown', says: unanchored }
  if (!anchor) return { outcome: 'warn', says: 'The node has anchored nothing yet: look again in a moment.' }
  const recent = (await p.chain.recent(p.facts.node, p.log.key.origin)).slice(-40)
  let before = 0
  for (const [i, a] of recent.entries()) {
    if (a.size > head.size) continue // anchored since the head was read
    if (a.size <= before) throw new Contradiction(`The anchor of block ${a.block} is not larger than the one before it.`)
    before = a.size
    await checkAnchor(a, head, tree)
    tell(i + 1, recent.length)
  }
  return { outcome: 'good', says: `The log’s tree has the root of the newest anchor (${counted(anchor.size, 'entry', 'entries')}, block ${anchor.block})${recent.length > 1 ? ` and of ${recent.length - 1} before it` : ''}: it was only added to.` }
}

async function gapless(p: Place, tell: Progress): Promise<Finding> {
  const { head, tree } = needHeads(p)
  if (head.size === 0) return { outcome: 'unknown', says: 'The log is empty.' }
  const from = Math.max(0, head.size - p.newest)
  const node = p.facts.node.toLowerCase()
  let aborts = 0
  let previous = ''
  let time = 0
  for (let at = from; at < head.size; at += 256) {
    const entries = await p.log.entries(at, Math.min(at + 256, head.size), head.size)
    for (const [i, bytes] of entries.entries()) {
      const n = at + i
      const e = parseEntry(bytes)
      if (!sameBytes(leafHash(bytes), await tree.leaf(n))) throw new Contradiction(`Entry ${n} is not the one that the log’s head signs.`)
      if (!e) throw new Contradiction(`Entry ${n} is neither a run nor an abort.`)
      if (e.node !== node || e.chainId !== p.facts.chainId || e.registry !== p.facts.contracts.registry.toLowerCase()) throw new Contradiction(`Entry ${n} is of another node or chain.`)
      if (e.seq !== n) throw new Contradiction(`Entry ${n} has the number ${e.seq}.`)
      if (n === 0 ? !/^0x0+$/.test(e.previous) : n > from && e.previous !== previous) throw new Contradiction(`Entry ${n} does not follow the one before it: something was left out, swapped or put in.`)
      if (e.kind === 'run') {
        if (e.time < time) throw new Contradiction(`Entry ${n} is older than the one before it.`)
        time = e.time
      } else aborts++
      previous = e.id
    }
    tell(at + entries.length - from, head.size - from)
  }
  const n = head.size - from
  const what = from === 0 ? `All ${counted(n, 'entry', 'entries')}` : `The newest ${counted(n, 'entry', 'entries')}`
  const ended = aborts > 0 ? ` ${counted(aborts, 'of them is an abort', 'of them are aborts')}: runs that were promised and not made, with the reason.` : ''
  return { outcome: 'good', says: `${what} follow each other by number and by hash, and are those under the signed head.${ended}` }
}

async function receipts(p: Place, tell: Progress): Promise<Finding> {
  const all = keeper.list.filter((r) => promiseOf(r).node.toLowerCase() === p.facts.node.toLowerCase())
  if (all.length === 0) return { outcome: 'unknown', says: 'This browser keeps no receipts of this node: read the feed, then look again.' }
  for (let i = 0; i < all.length; i += 20) {
    await keeper.check(all.slice(i, i + 20), p.facts, p.chain)
    tell(Math.min(i + 20, all.length), all.length)
  }
  if (keeper.problem) return { outcome: 'unknown', says: keeper.problem }
  const now = all.map((r) => keeper.receipts.get(r.run) ?? r)
  const [missing, logged] = [now.filter((r) => r.state === 'missing'), now.filter((r) => r.state === 'logged')]
  if (missing.length > 0) return { outcome: 'bad', says: `${counted(missing.length, 'receipt is', 'receipts are')} a broken promise: ${missing[0]!.says} Download the evidence below.` }
  const waiting = now.length - logged.length
  const rest = waiting > 0 ? ` ${counted(waiting, 'is', 'are')} promised, and not under an anchored head yet.` : ''
  const some = logged.length === 1 ? 'is' : 'are'
  return { outcome: logged.length > 0 ? 'good' : 'warn', says: `Of ${counted(now.length, 'receipt')} that you keep, ${logged.length} ${some} under a head that stands on the chain.${rest}` }
}

const wanted = 3

async function proofs(p: Place, tell: Progress): Promise<Finding> {
  const { head } = needHeads(p)
  const from = Math.max(0, head.size - 60)
  const entries = (await p.log.entries(from, head.size, head.size)).flatMap((b) => {
    const e = parseEntry(b)
    return e?.kind === 'run' ? [{ id: e.id, bytes: toHex(b) }] : []
  })
  const drawn = entries.map((e) => ({ e, at: Math.random() })).sort((a, b) => a.at - b.at)
  let [held, bare, development, tried] = [0, 0, false, 0]
  for (const { e } of drawn) {
    if (held + bare >= wanted || tried++ >= 20) break
    let bundle: string
    try {
      bundle = await api.bundle(e.id)
    } catch (err) {
      if (err instanceof Refusal && err.status === 400) continue // of a named reader, who alone can open it
      throw err
    }
    const parsed = JSON.parse(bundle) as { run: string; proof: unknown }
    if (parsed.run !== e.bytes) throw new Contradiction(`The node’s bundle of run ${e.id} is of another run than the log’s.`)
    const v = await verifyBundle(bundle)
    // A proof that is not made yet, or was not drawn, is no contradiction.
    const wrong = v.result.checks.filter((c) => !c.ok && !(c.name === 'proof' && parsed.proof === null))
    if (v.disagree || v.result.error || wrong.length > 0) throw new Contradiction(`Run ${e.id} is not valid: ${v.disagree ? 'the two verifiers disagree' : wrong[0]?.detail ?? v.result.error ?? 'its checks fail'}.`)
    if (v.result.keys === 'development') development = true
    if ((v.result.proofs ?? []).length > 0) held++
    else bare++
    tell(held + bare, wanted)
  }
  if (held + bare === 0) return { outcome: 'unknown', says: 'None of the newest runs is anonymous, and only those are open to everybody.' }
  const rest = bare > 0 ? ` ${counted(bare, 'more is', 'more are')} in order and without a proof (not made yet, or not drawn).` : ''
  if (held === 0) return { outcome: 'warn', says: rest.trim() }
  const warned = development ? ' Development keys: anyone can forge the registrations that they rest on.' : ' The key was taken on the bundle’s word.'
  return { outcome: 'warn', says: `${counted(held, 'run')}, drawn among the newest: inputs, order and proof hold, by two verifiers.${rest}${warned}` }
}

async function reveals(_: Place, tell: Progress): Promise<Finding> {
  const all: Reveal[] = []
  for (let cursor = ''; ; ) {
    const page = await api.reveals(cursor)
    all.push(...page.items)
    if (!(cursor = page.cursor) || all.length >= 1000) break
  }
  const now = Math.floor(Date.now() / 1000)
  const late = all.filter((r) => (r.state !== 'public' && overdue(r, now)) || r.state === 'broken')
  if (late.length > 0) return { outcome: 'bad', says: `${late.map((r) => `${r.slug} version ${r.version}`).slice(0, 5).join(', ')}: ${late[0]!.says ?? 'the date is over and the model is not public.'}` }
  const shown = all.filter((r) => r.cid)
  const sample = shown.map((r) => ({ r, at: Math.random() })).sort((a, b) => a.at - b.at).slice(0, wanted)
  for (const [i, { r }] of sample.entries()) {
    const doc = base64((await api.reveal(r.plugin, r.version)).document ?? '')
    if (rawCID(doc) !== r.cid) throw new Contradiction(`The document of ${r.slug} version ${r.version} is not the one that its CID names.`)
    const why = await openReveal(toHex(doc).slice(2), r.commitment)
    if (why) throw new Contradiction(`The document of ${r.slug} version ${r.version} is not the committed model: ${why}`)
    tell(i + 1, sample.length)
  }
  const locked = all.filter((r) => r.state === 'locked').length
  return { outcome: 'good', says: `None of ${counted(all.length, 'model')} is overdue${locked ? `, ${locked} still secret` : ''}. ${counted(sample.length, 'public one was', 'public ones were')} opened here and fit their commitments.` }
}
