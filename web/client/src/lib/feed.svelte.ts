// The feed: one run at a time, in slices. Switching ranker or filters shows what
// was seen before at once, and keeps the old order on screen until the new is there.
import { api, Refusal } from './api'
import type { FeedItem, FeedPage, FeedRun, Stats } from './api'
import { sentence } from './format'
import { keeper } from './keeper.svelte'
import type { HeldKey } from './keystore'
import { asReader } from './session'
import type { Values } from './tuning'

/** Whose feed it is, and by which plugins. */
interface Choices {
  readonly viewer: string
  readonly ranker: string
  readonly filterIds: string[]
  readonly values: Values
  readonly stats: Stats | null
  readonly own: boolean
  readonly key: HeldKey | null
}

interface Shown extends FeedPage {
  /** The graph's size when this was loaded; what a new block is compared with. */
  size?: number
}

const pageSize = 20
const maxKept = 12

export class Feed {
  items: FeedItem[] = $state.raw([])
  hidden: FeedPage['hidden'] = $state.raw([])
  run: FeedRun | null = $state.raw(null)
  fallback: FeedPage['fallback'] | null = $state.raw(null)
  asks: FeedPage['asks'] | null = $state.raw(null)
  cursor = $state('')
  phase: 'loading' | 'ready' | 'failed' = $state('loading')
  problem = $state('')
  more: 'no' | 'loading' | 'failed' = $state('no')
  /** The block that has something new; 0 while there is none. */
  newBlock = $state(0)

  readonly #choices: Choices
  #kept = new Map<string, Shown>()
  #shown: Shown | null = null
  #loading?: AbortController

  constructor(choices: Choices) {
    this.#choices = choices
  }

  /** Shows the feed of the reader's choices; fresh asks the node even when it is known. */
  async load(fresh = false) {
    this.#loading?.abort()
    const key = this.#key()
    const kept = this.#kept.get(key)
    // One that goes less deep than the reader has read would lose the place.
    const known = kept && (!kept.cursor || kept.items.length >= this.items.length) ? kept : undefined
    if (known) this.#show(known)
    // A block that only anchors the log brings a reader nothing.
    if (known && !fresh && known.size === size(this.#choices.stats)) return
    const loading = (this.#loading = new AbortController())
    this.phase = 'loading'
    this.more = 'no'
    try {
      const limit = Math.min(100, Math.max(pageSize, this.items.length))
      const page = await this.#ask({ limit }, loading.signal)
      void keeper.keep(page.run)
      if (page.fallback?.ticket) void keeper.keepTicket(page.fallback.ticket, page.fallback.ranker)
      if (loading.signal.aborted) return
      this.#show(this.#keep(key, { ...page, size: size(this.#choices.stats) }))
    } catch (e) {
      if (e instanceof Refusal && e.ticket) void keeper.keepTicket(e.ticket, this.#choices.ranker)
      if (loading.signal.aborted) return
      this.problem = sentence(e)
      this.phase = 'failed'
    }
  }

  /** The next slice of the same run. */
  async next() {
    if (!this.cursor || this.more === 'loading' || this.phase !== 'ready') return
    this.more = 'loading'
    const key = this.#key()
    const run = this.run?.id
    try {
      const page = await this.#ask({ cursor: this.cursor, limit: pageSize })
      if (this.run?.id !== run || this.#key() !== key) return
      const seen = new Set(this.items.map((i) => i.id))
      const items = [...this.items, ...page.items.filter((i) => !seen.has(i.id))]
      this.more = 'no'
      this.#show(this.#keep(key, { ...page, items, hidden: this.hidden, run: this.run!, asks: this.asks ?? undefined, size: this.#shown?.size }))
    } catch {
      this.more = 'failed'
    }
  }

  /** Compares a look at the node with what is shown. */
  noticed(stats: Stats) {
    if (!this.#shown || this.phase !== 'ready') return
    if (stats.block === this.#shown.run.block) this.#shown.size = size(stats)
    const newer = stats.block > this.#shown.run.block && size(stats) !== this.#shown.size
    this.newBlock = newer ? stats.block : 0
    // Nobody loses the place in an empty feed: it fills by itself.
    if (newer && this.items.length === 0) void this.load(true)
  }

  /** The node has proven or failed a run since it was served. */
  settle(id: string, proof: FeedRun['proof'], keys: string) {
    for (const page of this.#kept.values()) if (page.run.id === id) page.run = { ...page.run, proof, keys }
    if (this.run?.id === id) this.run = { ...this.run, proof, keys }
  }

  /** What came with a run (its opening, its receipt), when this page was served it. */
  served(id: string): FeedRun | undefined {
    for (const page of this.#kept.values()) if (page.run.id === id) return page.run
    return undefined
  }

  // A reader's own feed is asked for under its session, so that it stays its own.
  #ask(part: { limit: number; cursor?: string }, signal?: AbortSignal): Promise<FeedPage> {
    const query = { ...this.#query(), ...part }
    const { own, key } = this.#choices
    return own && key ? asReader(key, (token) => api.feed({ ...query, token }, signal)) : api.feed(query, signal)
  }

  #query() {
    const { viewer, ranker, filterIds, values } = this.#choices
    return { viewer, ranker, filters: [...filterIds].sort(), values: values[ranker] }
  }

  #key(): string {
    return JSON.stringify(this.#query())
  }

  #keep(key: string, page: Shown): Shown {
    this.#kept.delete(key)
    this.#kept.set(key, page)
    if (this.#kept.size > maxKept) this.#kept.delete(this.#kept.keys().next().value!)
    return page
  }

  #show(page: Shown) {
    this.#shown = page
    this.items = page.items
    this.hidden = page.hidden ?? []
    this.run = page.run
    this.fallback = page.fallback ?? null
    this.asks = page.asks ?? null
    this.cursor = page.cursor
    this.newBlock = 0
    this.problem = ''
    this.phase = 'ready'
  }
}

const size = (s: Stats | null): number | undefined =>
  s ? s.profiles + s.posts + s.replies + s.follows + s.reactions : undefined
