// Promises that this browser keeps: receipts of the runs that the node showed, and tickets
// of those that it aborted, each to be found in its log.
// They lie in IndexedDB, at most so many, and leave it only by the reader's own export.
import type { FeedRun, Receipt, Ticket } from './api'

export type State = 'promised' | 'logged' | 'missing'

export interface KeptReceipt {
  /** The run's id; of an aborted one, a name of the ticket's own. */
  run: string
  /** Opens the run's digests: who has it can see what the run was. '' where there is no run. */
  opening: string
  /** None of a run that was aborted. */
  receipt?: Receipt
  ranker: string
  version: number
  anonymous: boolean
  /** The node's promise before it computed. */
  ticket?: Ticket
  /** When the page came, in seconds of this browser's clock. */
  kept: number
  state: State
  /** When it was looked for last, in seconds. */
  checked?: number
  /** The anchored head that holds it. */
  anchor?: { size: number; block: number }
  /** What is wrong, in a sentence. */
  says?: string
  /** What shows it: the signed words of the node. */
  evidence?: Evidence
}

/** What the node said, for whoever wants to check. */
export interface Evidence {
  /** The broken promise as a file that anyone can check and bring to the chain: candor/evidence/v1. */
  file: string
  /** The log's signed head. */
  checkpoint: string
  /** The entry that stands in the run's place; '' where there is none. */
  entry: string
  anchor: { size: number; root: string; block: number } | null
  log: string
  found: number
}

/** What was promised, whichever paper it stands on. */
export function promiseOf(k: KeptReceipt): { node: string; lane: number; seq: number; time: number; due: number } {
  if (k.receipt) return { ...k.receipt, due: k.receipt.time + k.receipt.mergeDelay }
  return { ...k.ticket!, due: k.ticket!.time + k.ticket!.delay }
}

/** Whether what a node sent as its promise can be one; who signed it shows later. */
export function isPromise(k: KeptReceipt): boolean {
  const { node, lane, seq, due } = promiseOf(k)
  return typeof node === 'string' && [lane, seq, due].every((n) => Number.isSafeInteger(n) && n >= 0)
}

export const mostReceipts = 400

export const fresh = (run: FeedRun, now: number): KeptReceipt => ({
  run: run.id, opening: run.opening, receipt: run.receipt, ranker: run.ranker, version: run.version, anonymous: run.anonymous, kept: now, state: 'promised',
  ...(run.ticket ? { ticket: run.ticket } : {}),
})

export const freshTicket = (ticket: Ticket, ranker: string, now: number): KeptReceipt => ({
  run: `ticket:${ticket.signature}`, opening: '', ticket, ranker, version: 0, anonymous: true, kept: now, state: 'promised',
})

/** Those that go when there are too many: kept promises first, the oldest first; a broken one stays to the last. */
export function superfluous(all: KeptReceipt[], most = mostReceipts): KeptReceipt[] {
  const worth = { logged: 0, promised: 1, missing: 2 }
  return [...all].sort((a, b) => worth[a.state] - worth[b.state] || a.kept - b.kept).slice(0, Math.max(0, all.length - most))
}

/** Those whose promise has fallen due and was not checked: up to n, drawn at random. */
export function due(all: KeptReceipt[], now: number, n: number, random = Math.random): KeptReceipt[] {
  const open = all.filter((r) => r.state === 'promised' && now > Math.min(promiseOf(r).due, promiseOf(r).time + 10) && now - (r.checked ?? 0) > 15)
  for (let i = open.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[open[i], open[j]] = [open[j]!, open[i]!]
  }
  return open.slice(0, n)
}

/** The promises one a line, as `candor receipts keep` and `check` read them. */
export const exported = (all: KeptReceipt[]): string =>
  all.map(({ kept, opening, receipt, ticket }) => JSON.stringify({ version: 'candor/kept/v1', kept, ...(receipt && { opening, receipt }), ticket }) + '\n').join('')

const name = 'candor'
const table = 'receipts'
let opened: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const open = indexedDB.open(name, 1)
    open.onupgradeneeded = () => open.result.createObjectStore(table, { keyPath: 'run' })
    open.onsuccess = () => resolve(open.result)
    open.onerror = () => reject(new Error('This browser keeps no receipts: it does not let the page store anything.'))
  })
  opened.catch(() => (opened = undefined))
  return opened
}

async function within<T>(mode: IDBTransactionMode, use: (s: IDBObjectStore) => IDBRequest<T> | void): Promise<T | undefined> {
  const db = await database()
  return new Promise((resolve, reject) => {
    const t = db.transaction(table, mode)
    const request = use(t.objectStore(table))
    t.oncomplete = () => resolve(request?.result)
    t.onabort = t.onerror = () => reject(new Error('This browser could not write its receipts down.'))
  })
}

export const allReceipts = async (): Promise<KeptReceipt[]> => (await within('readonly', (s) => s.getAll() as IDBRequest<KeptReceipt[]>)) ?? []

/** Writes a receipt down, and lets the superfluous ones go. */
export async function keepReceipt(r: KeptReceipt): Promise<void> {
  await within('readwrite', (s) => void s.put(r))
  const all = await allReceipts()
  const gone = superfluous(all)
  if (gone.length > 0) await within('readwrite', (s) => gone.forEach((g) => s.delete(g.run)))
}

export async function updateReceipts(changed: KeptReceipt[]): Promise<void> {
  await within('readwrite', (s) => changed.forEach((r) => s.put(r)))
}

export async function forgetReceipts(): Promise<void> {
  await within('readwrite', (s) => void s.clear())
}
