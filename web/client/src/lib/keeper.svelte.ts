// Keeps the receipts of what this reader was shown and checks a sample of them by itself,
// in the background: a node that leaves a run out is caught without anybody asking.
import { SvelteMap } from 'svelte/reactivity'
import { api } from './api'
import type { Chain, FeedRun, Ticket } from './api'
import { allReceipts, due, forgetReceipts, fresh, freshTicket, isPromise, keepReceipt, promiseOf, updateReceipts } from './receipts'
import type { KeptReceipt } from './receipts'
import { sentence } from './format'
import type { ChainReader } from '../log/chain'

const sample = 8
const every = 12_000

class Keeper {
  readonly receipts = new SvelteMap<string, KeptReceipt>()
  /** Why nothing is kept, or nothing can be checked. */
  problem = $state('')
  /** The node's address; receipts of others are not its promises. */
  node = $state('')
  ready: Promise<void> = Promise.resolve()
  #busy = false

  readonly missing = $derived([...this.receipts.values()].filter((r) => r.state === 'missing'))
  /** The newest first. */
  readonly list = $derived([...this.receipts.values()].sort((a, b) => b.kept - a.kept))

  start() {
    this.ready = allReceipts().then(
      (all) => all.forEach((r) => this.receipts.set(r.run, r)),
      (e: unknown) => void (this.problem = sentence(e)),
    )
    const look = () => !document.hidden && void this.look()
    setTimeout(look, every / 3)
    setInterval(look, every)
  }

  /** Takes what came with a page. Asking for the same run again brings the same receipt. */
  async keep(run: FeedRun) {
    if (run.receipt) await this.#take(fresh(run, Math.floor(Date.now() / 1000)))
  }

  /** Takes the promise of a run that was aborted: the log must say so. */
  async keepTicket(ticket: Ticket, ranker: string) {
    await this.#take(freshTicket(ticket, ranker, Math.floor(Date.now() / 1000)))
  }

  async #take(r: KeptReceipt) {
    await this.ready
    if (this.receipts.has(r.run) || !isPromise(r)) return
    this.receipts.set(r.run, r)
    try {
      await keepReceipt(r)
      const left = new Set((await allReceipts()).map((k) => k.run))
      for (const id of [...this.receipts.keys()]) if (!left.has(id)) this.receipts.delete(id)
    } catch (e) {
      this.problem = sentence(e)
    }
  }

  /** Looks for a sample of what has fallen due. */
  async look() {
    const now = Math.floor(Date.now() / 1000)
    await this.check(due([...this.receipts.values()].filter((r) => !this.node || promiseOf(r).node.toLowerCase() === this.node), now, sample))
  }

  /** Looks for these in the log. What cannot be asked now stays as it was. */
  async check(these: KeptReceipt[], told?: Chain, chain?: ChainReader): Promise<void> {
    if (these.length === 0 || this.#busy) return
    this.#busy = true
    try {
      const facts = told ?? (await api.chain())
      this.node = facts.node.toLowerCase()
      const mine = these.filter((r) => promiseOf(r).node.toLowerCase() === this.node)
      if (mine.length === 0) return
      const { settle } = await import('./settle') // signatures and trees: not needed to read a feed
      const changed = await settle(mine, facts, chain, [...this.receipts.values()])
      for (const r of changed) this.receipts.set(r.run, r)
      await updateReceipts(changed)
      this.problem = ''
    } catch (e) {
      this.problem = sentence(e)
    } finally {
      this.#busy = false
    }
  }

  async forget() {
    this.receipts.clear()
    await forgetReceipts().catch((e: unknown) => void (this.problem = sentence(e)))
  }
}

export const keeper = new Keeper()
