// The one store: what the node says of itself, who reads, what the reader chose.
import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import { api, Unreachable } from './api'
import type { Chain, Plugin, Post, Profile, Stats } from './api'
import { Feed } from './feed.svelte'
import { nameOf, sentence } from './format'
import { heldKey } from './keystore'
import type { HeldKey } from './keystore'
import { remember } from './marks.svelte'
import { tunable } from './tuning'
import type { Values } from './tuning'

export interface Toast {
  id: number
  kind: 'info' | 'error'
  text: string
  href?: string
}

/** What the composer is open for; keyOnly when the reader lacks a key for something else. */
export interface Draft {
  parent?: Post
  /** The reader's own post that is to be edited. */
  edit?: Post
  keyOnly?: boolean
}

const choicesSlot = 'candor.choices'
const statsEvery = 5_000
const maxPeople = 3_000

class Store {
  /** 'starting' until the node's plugins are known; 'unreachable' while it does not answer. */
  phase: 'starting' | 'ready' | 'unreachable' = $state('starting')
  problem = $state('')
  chain: Chain | null = $state.raw(null)
  rankers: Plugin[] = $state.raw([])
  filters: Plugin[] = $state.raw([])
  stats: Stats | null = $state.raw(null)
  /** False from a failed look at the node until it answers again. */
  online = $state(true)
  /** Unix seconds, for relative times; moves twice a minute. */
  now = $state(Math.floor(Date.now() / 1000))

  /** Everyone whom the node knows, by address order of the node; loaded when first needed. */
  people: Profile[] = $state.raw([])
  peopleState: 'none' | 'loading' | 'all' | 'failed' = $state('none')

  key: HeldKey | null = $state.raw(heldKey())
  me: Profile | null = $state.raw(null)

  /** Whose feed is shown: an address, or '' for the anonymous one. */
  viewer = $state('')
  ranker = $state('')
  filterIds: string[] = $state([])
  /** How the reader tuned rankers, by their ids: parameters that are not as usual. */
  values: Values = $state.raw({})

  feed = new Feed(this)
  /** Posts written in this visit, newest first, until the feed is refreshed. */
  mine: (Post & { sending?: boolean })[] = $state.raw([])
  /** Posts that the reader withdrew in this visit, by id: a run that is on screen still holds them. */
  readonly withdrawn = new SvelteSet<string>()
  /** Posts as the reader edited them in this visit, by id, for the same reason. */
  readonly edits = new SvelteMap<string, Post>()
  draft: Draft | null = $state.raw(null)
  /** Whether the reader is choosing whose feed to read. */
  choosing = $state(false)
  toasts: Toast[] = $state([])
  #names = new SvelteMap<string, string>()
  #toastId = 0
  #again?: ReturnType<typeof setTimeout>

  constructor() {
    remember(this.key?.address ?? '')
  }

  /** Loads what every page needs; safe to call again after a failure. */
  async start() {
    clearTimeout(this.#again)
    try {
      const [rankers, filters, stats] = await Promise.all([api.rankers(), api.filters(), api.stats()])
      this.rankers = rankers.items
      this.filters = filters.items
      this.stats = stats
      this.#choose()
      this.phase = 'ready'
      this.online = true
      this.problem = ''
    } catch (e) {
      this.problem = sentence(e)
      this.phase = 'unreachable'
      this.#again = setTimeout(() => void this.start(), 3_000)
      return
    }
    void this.feed.load()
    void this.#learnMe()
    api.chain().then((c) => (this.chain = c), () => undefined)
  }

  /** Starts the clocks of the page: relative times and the look for new blocks. */
  tick() {
    setInterval(() => (this.now = Math.floor(Date.now() / 1000)), 30_000)
    setInterval(() => {
      if (this.phase === 'ready' && !document.hidden) void this.look()
    }, statsEvery)
  }

  /** Asks the node for its newest block. */
  async look() {
    try {
      this.stats = await api.stats()
      this.online = true
      this.feed.noticed(this.stats)
    } catch (e) {
      if (e instanceof Unreachable) this.online = false
    }
  }

  /** The chain's facts that signing needs; asks again when the first try failed. */
  async chainFacts(): Promise<Chain> {
    return (this.chain ??= await api.chain())
  }

  get rankerInfo(): Plugin | undefined {
    return this.rankers.find((r) => r.id === this.ranker)
  }

  /** Whether the feed shown is the reader's own. */
  get own(): boolean {
    return !!this.key && same(this.viewer, this.key.address)
  }

  isMe(address: string): boolean {
    return !!this.key && same(address, this.key.address)
  }

  /** The name of an address, as far as it is known here. */
  name(address: string): string {
    if (this.isMe(address) && this.me?.name) return this.me.name
    return nameOf(this.#names.get(address.toLowerCase()) ?? '', address)
  }

  learnNames(profiles: Profile[]) {
    for (const p of profiles) this.#names.set(p.address.toLowerCase(), p.name)
  }

  select(choice: { ranker?: string; viewer?: string; filterIds?: string[] }) {
    Object.assign(this, choice)
    this.#keepChoices()
    void this.feed.load()
  }

  #keepChoices() {
    const { viewer, ranker, filterIds, values } = this
    localStorage.setItem(choicesSlot, JSON.stringify({ viewer, ranker, filterIds, values }))
  }

  /** Sets a parameter of the chosen ranker, or without a name all to what is usual. */
  tune(name?: string, value?: number) {
    const usual = this.rankerInfo?.parameters?.find((p) => p.name === name)?.default
    const now = name === undefined ? {} : { ...this.values[this.ranker], [name]: value! }
    if (name !== undefined && value === usual) delete now[name]
    this.values = { ...this.values, [this.ranker]: now }
    this.#keepChoices()
    void this.feed.load()
  }

  /** A new run of the same choices, at the newest block. */
  refresh() {
    this.mine = this.mine.filter((p) => p.sending)
    return this.feed.load(true)
  }

  toggleFilter(id: string) {
    const on = this.filterIds.includes(id)
    this.select({ filterIds: on ? this.filterIds.filter((f) => f !== id) : [...this.filterIds, id] })
  }

  /** Loads everyone, a page at a time, so that a search has what it needs. */
  async loadPeople() {
    if (this.peopleState === 'loading' || this.peopleState === 'all') return
    this.peopleState = 'loading'
    try {
      const all: Profile[] = []
      let cursor = ''
      do {
        const page = await api.profiles(cursor)
        all.push(...page.items)
        this.learnNames(page.items)
        this.people = [...all]
        cursor = page.cursor
      } while (cursor && all.length < maxPeople)
      this.peopleState = 'all'
    } catch (e) {
      this.peopleState = 'failed'
      this.say(sentence(e), 'error')
    }
  }

  /** The profiles that a search finds: by name first, then by address. */
  findPeople(words: string, limit = 50): Profile[] {
    const w = words.trim().toLowerCase()
    const score = (p: Profile) => {
      const n = p.name.toLowerCase()
      if (n.startsWith(w)) return 0
      if (n.includes(w)) return 1
      return p.address.toLowerCase().startsWith(w) ? 2 : 3
    }
    return this.people
      .map((p) => ({ p, s: score(p) }))
      .filter((x) => x.s < 3)
      .sort((a, b) => a.s - b.s || b.p.followers - a.p.followers)
      .slice(0, limit)
      .map((x) => x.p)
  }

  /** Takes another key; a fresh one has no profile to ask for. */
  setKey(key: HeldKey | null, fresh = false) {
    this.key = key
    this.me = null
    this.mine = []
    remember(key?.address ?? '')
    if (!fresh) void this.#learnMe()
  }

  say(text: string, kind: Toast['kind'] = 'info', href?: string) {
    const id = ++this.#toastId
    this.toasts = [...this.toasts.slice(-1), { id, kind, text, href }]
    setTimeout(() => this.hush(id), kind === 'error' ? 9_000 : 5_000)
  }

  hush(id: number) {
    this.toasts = this.toasts.filter((t) => t.id !== id)
  }

  async #learnMe() {
    const key = this.key
    if (!key) return
    const { profile } = await api.profile(key.address).catch(() => ({ profile: null }))
    if (this.key === key && profile) this.me = profile
  }

  // The choices of the last visit, as far as the node still offers them.
  #choose() {
    const old = readChoices()
    const offered = (list: Plugin[], id: unknown) => list.some((p) => p.id === id)
    this.ranker = offered(this.rankers, old.ranker) ? old.ranker! : ((this.rankers.find((r) => r.default) ?? this.rankers[0])?.id ?? '')
    this.filterIds = old.filterIds
      ? old.filterIds.filter((id) => offered(this.filters, id))
      : this.filters.filter((f) => f.default).map((f) => f.id)
    this.values = tunable(old.values, this.rankers)
    this.viewer = typeof old.viewer === 'string' && /^0x[0-9a-fA-F]{40}$/.test(old.viewer) ? old.viewer : ''
    if (this.viewer) void this.learnName(this.viewer)
  }

  /** Asks the node for a name that is not known here yet. */
  async learnName(address: string) {
    if (this.#names.has(address.toLowerCase())) return
    const { profile } = await api.profile(address).catch(() => ({ profile: null }))
    if (profile) this.learnNames([profile])
  }
}

function readChoices(): { viewer?: string; ranker?: string; filterIds?: string[]; values?: unknown } {
  try {
    const c = JSON.parse(localStorage.getItem(choicesSlot) ?? '{}') as Record<string, unknown>
    return {
      viewer: typeof c.viewer === 'string' ? c.viewer : undefined,
      ranker: typeof c.ranker === 'string' ? c.ranker : undefined,
      values: c.values,
      filterIds: Array.isArray(c.filterIds) ? c.filterIds.filter((f) => typeof f === 'string') : undefined,
    }
  } catch {
    return {}
  }
}

export const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

export const store = new Store()
