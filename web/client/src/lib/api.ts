// The node's HTTP API, typed. Every failure is one sentence that can be shown.
import { toHex } from './bytes'
import type { Media } from './document'
import type { Intent, Ref } from './intent'
import type { Measured } from './measured'

export type Proof = 'pending' | 'proven' | 'sampled-out' | 'failed'

export interface Post {
  id: string
  cid: string
  author: string
  authorName: string
  imported: boolean
  text: string
  time: number
  /** The position of the last edit. */
  edited?: string | null
  status: 'present' | 'unavailable' | 'withheld' | 'removed'
  langs?: string[]
  tags?: string[]
  mentions?: string[]
  media?: Media[]
  link?: { uri: string; title?: string } | null
  source?: string
  parent?: Ref | null
  quote?: Ref | null
  likes: number
  reposts: number
  replies: number
  quotes: number
}

export interface Notice {
  filter: string
  decision: 'keep' | 'warn' | 'hide' | 'unknown'
  reason: string
}

export interface FeedItem {
  id: string
  rank: number
  post: Post
  reasons: string[]
  notices?: Notice[]
}

export interface Receipt {
  run: string
  node: string
  lane: number
  seq: number
  time: number
  mergeDelay: number
  signature: string
}

/** A node's promise, before it computes, that the entry of this number is a run or an abort. */
export interface Ticket {
  nonce: string
  node: string
  lane: number
  seq: number
  block: number
  time: number
  delay: number
  signature: string
}

/** A run as a feed names it. */
export interface FeedRun {
  id: string
  opening: string
  ranker: string
  version: number
  commitment: string
  assurance: string
  proof: Proof
  keys: string
  block: number
  posts: number
  lane: number
  seq: number
  anonymous: boolean
  /** Anyone may have its opening; not so the run of a reader who signed in. */
  public: boolean
  receipt: Receipt
  /** The node's promise, before it computed, that a run or an abort follows. */
  ticket?: Ticket
}

export interface FeedPage {
  /** Another ranker was asked for, and did not answer. */
  fallback?: { ranker: string; reason: string; /** Of its run, which was aborted. */ ticket?: Ticket }
  /** What the asker has left of new orders by the ranker; none when that has no bound. */
  asks?: { left: number; hourly: number; reader: boolean }
  items: FeedItem[]
  cursor: string
  hidden: { filter: string; count: number }[]
  run: FeedRun
}

/** A run as the ledger lists it. */
export interface RunSummary {
  id: string
  lane: number
  seq: number
  block: number
  blockHash: string
  ranker: string
  version: number
  commitment: string
  proof: Proof
  keys: string
  posts: number
  time: number
}

export interface RunDetail extends RunSummary {
  previous: string
  mirrorRoot: string
  /** -1 while the log does not hold it. */
  logIndex: number
}

export interface Plugin extends Measured {
  id: string
  name: string
  description: string
  goal: string
  kind: 'ranker' | 'filter'
  publisher: string
  version: number
  commitment: string
  shape?: string
  assurance: string
  revealBy: number
  personalised: boolean
  parameters?: Parameter[]
  default?: boolean
  reasons?: string[]
  manifest?: string
  proofs?: Share
  aborts?: Aborts
  /** Published by somebody else than this node. */
  guest?: boolean
  /** PLUGIN/VERSION of the tower whose vectors it reads. */
  tower?: string
  /** What its answers may tell of its secret model; none when that is public. */
  budget?: Budget
}

/** How an operator's workers stand. */
export interface Worker {
  operator: string
  state: 'ready' | 'silent' | 'resting' | 'cut-off'
  why?: string
  workers: string[]
}

/** A version of a tower, which makes vectors of posts for rankers to read. */
export interface Tower {
  /** PLUGIN/VERSION */
  id: string
  slug: string
  name: string
  description: string
  publisher: string
  commitment: string
  /** Numbers of tokens and of a vector, as 256x32. */
  shape: string
  revealBy: number
  assurance: 'committed' | 'replicated'
  vectors: number
  workers: Worker[]
}

/** How far somebody gets who trains a copy of a model by its runs. */
export interface Copy {
  runs: number
  tau: number
}

export interface Budget {
  answered: number
  /** 0: no bound. */
  hourly: number
  network: number
  anyone: Copy
  reader: Copy | null
}

/** How many tickets came to nothing. */
export interface Aborts {
  count: number
  /** Of runs and aborts, of 1. */
  share: number
  reasons: Record<string, number>
}

/** How many runs of a ranker are proven. */
export interface Share {
  runs: number
  proven: number
  failed: number
  sampledOut: number
  waiting: number
  /** Of 1. */
  shareProven: number
}

/** A committed model and how it stands to its date. */
export interface Reveal {
  /** plugin/version */
  id: string
  plugin: string
  version: number
  slug: string
  publisher: string
  commitment: string
  /** Seconds; 0: it has no secret. */
  revealBy: number
  state: 'open' | 'locked' | 'due' | 'public' | 'broken'
  says?: string
  onChain: 'none' | 'due' | 'checked' | 'unchecked'
  cid?: string
  /** Base64. */
  document?: string
}

export interface Version extends Reveal {
  committed: number
  activeFrom: number
  activeUntil: number
  withdrawn: boolean
  revealedAt: number
  bond: string
  manifest: string
}

export interface Manifest {
  circuit: string
  description: string
  featureSchema: string
  goal: string
  kind: string
  licence: string
  name: string
  personalised: boolean
  reasons?: string[]
  rule: string
  shape: string
  training: string
  version: number
  tower?: { plugin: string; version: number }
}

export interface PluginName {
  id: string
  slug: string
  publisher: string
}

export interface PluginRecord {
  id: string
  slug: string
  kind: string
  publisher: string
  block: number
  time: number
  grace: number
  versions: Version[]
  earlier: number
  continues?: PluginName
  continuedBy?: PluginName
  /** As this node offers it. */
  here?: Plugin
  /** Versions of a tower that this node serves. */
  towers?: Tower[]
  manifest?: Manifest
}

/** An auditor's report on a version. */
export interface Audit {
  id: string
  plugin: string
  version: number
  auditor: string
  report: string
}

export interface Feature {
  name: string
  meaning: string
  unit: string
}

export interface Profile {
  id: string
  address: string
  name: string
  description: string
  cid: string
  imported: boolean
  followers: number
  following: number
  posts: number
  firstSeen: number
  policy: Policy
  hideFromAlgorithmicRecommendations: boolean
}

/** Who may follow a person. */
export type Policy = 'open' | 'approval' | 'closed'

/** What is between the reader and a person. */
export interface Relation {
  follows: boolean
  requested: boolean
  blocks: boolean
  followedBy: boolean
  blockedBy: boolean
}

/** Somebody who asks to follow. */
export interface FollowRequest {
  id: string
  time: number
  profile: Profile
}

export interface Stats {
  block: number
  profiles: number
  posts: number
  replies: number
  follows: number
  reactions: number
  unavailable: number
  runs: number
  proven: number
}

export interface Chain {
  chainId: number
  genesis: string
  contracts: { socialGraph: string; registry: string; runLog: string }
  /** The node's address. */
  node: string
  keys: { id: string; circuit: string; development: boolean }[]
  rpc: string
  /** Of the log, and the key that signs its heads. */
  log: string
  logKey: string
  /** The node's IPFS gateway. */
  ipfs?: string
}

export interface IntentResult {
  state: 'mined' | 'pending' | 'refused'
  tx?: string
  id?: string
  error?: string
}

export interface List<T> {
  items: T[]
  cursor: string
}

/** The node answered, and its answer is a refusal. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Of the run that was asked for and aborted. */
    readonly ticket?: Ticket,
  ) {
    super(message)
  }
}

/** The node did not answer. */
export class Unreachable extends Error {
  constructor() {
    super('The node does not answer. Check that it runs and that you are online, then try again.')
  }
}

/** A number of a ranker's; one with columns may be tuned by its readers. */
export interface Parameter {
  name: string
  meaning: string
  least: number
  most: number
  default: number
  columns?: number[]
}

export interface FeedQuery {
  viewer?: string
  /** Of the ranker's parameters, those that are not as usual. */
  values?: Record<string, number>
  ranker: string
  filters: string[]
  cursor?: string
  limit?: number
  /** Of the reader's session. */
  token?: string
}

const base = '/api/v1'

export const api = {
  /** The nonce binds the node's ticket to this request. */
  feed: (q: FeedQuery, signal?: AbortSignal) =>
    get<FeedPage>('/feed', { nonce: toHex(crypto.getRandomValues(new Uint8Array(32))), viewer: q.viewer, ranker: q.ranker, filter: q.filters, ...tuned(q.values), cursor: q.cursor, limit: q.limit ?? 20 }, signal, q.token),
  rankers: () => get<List<Plugin>>('/rankers'),
  filters: () => get<List<Plugin>>('/filters'),
  runs: (cursor?: string) => get<List<RunSummary>>('/runs', { cursor, limit: 30 }),
  plugin: (id: string) => get<PluginRecord>(`/plugins/${encodeURIComponent(id)}`),
  towers: () => get<List<Tower>>('/towers'),
  similar: (post: string, tower?: string) => get<List<Post>>(`/posts/${encodeURIComponent(post)}/similar`, { tower, limit: 5 }),
  audits: (plugin?: string) => get<List<Audit>>('/audits', { plugin, limit: 100 }),
  schema: (hash: string) => get<{ id: string; features: Feature[] }>(`/schemas/${encodeURIComponent(hash)}`),
  reveals: (cursor?: string) => get<List<Reveal>>('/reveals', { cursor, limit: 100 }),
  reveal: (plugin: string, version: number) => get<Reveal>(`/reveals/${plugin}/${version}`),
  run: (id: string) => get<RunDetail>(`/runs/${encodeURIComponent(id)}`),
  post: (id: string) =>
    get<{ post: Post; parent: Post | null; replies: Post[] }>(`/posts/${encodeURIComponent(id)}`),
  profiles: (cursor?: string) => get<List<Profile>>('/profiles', { cursor, limit: 100 }),
  profile: (address: string, q: { cursor?: string; viewer?: string } = {}) =>
    get<{ profile: Profile; relation: Relation | null; items: Post[]; cursor: string }>(`/profiles/${encodeURIComponent(address)}`, { ...q, limit: 20 }),
  requests: (address: string, cursor?: string) =>
    get<List<FollowRequest>>(`/requests/${encodeURIComponent(address)}`, { cursor, limit: 50 }),
  searchPosts: (q: string, cursor?: string) => get<List<Post>>('/search', { q, cursor, limit: 20 }),
  searchPeople: (q: string, cursor?: string) => get<List<Profile>>('/search', { q, kind: 'profiles', cursor, limit: 20 }),
  stats: () => get<Stats>('/stats'),
  chain: () => get<Chain>('/chain'),
  /** What signing in needs. */
  door: () => get<{ nonce: string; domains: string[]; chainId: number }>('/session'),
  signIn: async (message: string, signature: string): Promise<{ token: string; expires: number }> => {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ message, signature }) }
    return (await (await call('/session', init)).json()) as { token: string; expires: number }
  },
  signOut: (token: string) => call('/session', { method: 'DELETE', headers: bearer(token) }),
  nonce: (address: string) => get<{ nonce: number }>(`/nonces/${address}`),

  /** The bundle as the node wrote it, byte for byte: it is what a verifier reads. */
  bundle: async (id: string, opening?: string): Promise<string> =>
    (await call(`/runs/${encodeURIComponent(id)}/bundle${query({ opening })}`)).text(),

  putBlock: async (doc: Uint8Array): Promise<string> => {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: doc as BodyInit }
    return ((await (await call('/blocks', init)).json()) as { cid: string }).cid
  },

  putFile: async (file: Blob): Promise<{ cid: string; size: number; mime: string }> => {
    const init = { method: 'POST', headers: { 'Content-Type': file.type }, body: file }
    return (await (await call('/files', init)).json()) as { cid: string; size: number; mime: string }
  },

  submit: async (intent: Intent, signature: string): Promise<IntentResult> => {
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ intent, signature }),
    }
    const { items } = (await (await call('/intents', init)).json()) as { items: IntentResult[] }
    const first = items[0]
    if (!first) throw new Error('The node took the intent and said nothing of it. Try again.')
    return first
  },
}

async function get<T>(path: string, params: Record<string, Param> = {}, signal?: AbortSignal, token?: string): Promise<T> {
  const response = await call(path + query(params), { signal, headers: token ? bearer(token) : undefined })
  try {
    return filled((await response.json()) as T)
  } catch {
    throw new Error('The node answered with something that is not JSON.')
  }
}

const tuned = (values: Record<string, number> = {}) => Object.fromEntries(Object.entries(values).map(([name, v]) => [`param.${name}`, v]))

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

// A list that is empty may come as null.
function filled<T>(answer: T): T {
  const a = answer as { items?: unknown; hidden?: unknown; replies?: unknown }
  for (const list of ['items', 'hidden', 'replies'] as const) if (a[list] === null) a[list] = []
  return answer
}

type Param = string | number | string[] | undefined

function query(params: Record<string, Param>): string {
  const q = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === '') continue
    for (const v of Array.isArray(value) ? value : [value]) q.append(name, String(v))
  }
  const s = q.toString()
  return s && '?' + s
}

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const limit = AbortSignal.timeout(30_000)
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit
  let response: Response
  try {
    response = await fetch(base + path, { ...init, signal })
  } catch (e) {
    if (init.signal?.aborted) throw e
    throw new Unreachable()
  }
  if (response.ok) return response
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string; ticket?: Ticket }
  throw new Refusal(response.status, problem.detail || problem.title || `The node answered ${response.status}.`, problem.ticket ?? undefined)
}
