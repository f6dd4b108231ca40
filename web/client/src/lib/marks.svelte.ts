// What the reader liked, reposted and follows. The API does not say it yet, so this
// browser remembers it for each key.
import { SvelteMap } from 'svelte/reactivity'

export interface Mark {
  on: boolean
  /** The count that the click started from, so that fresher data is not counted twice. */
  base?: number
}

const marks = new SvelteMap<string, Mark>()
const slot = (address: string) => `candor.marks.${address}`
let owner = ''

/** Turns to the marks of another key; '' for none. */
export function remember(address: string) {
  owner = address
  marks.clear()
  for (const what of stored(address)) marks.set(what, { on: true })
}

export const mark = (what: string): Mark | undefined => marks.get(what)

export function setMark(what: string, m: Mark) {
  marks.set(what, m)
  const on = Array.from(marks).filter(([, v]) => v.on)
  if (owner) localStorage.setItem(slot(owner), JSON.stringify(on.map(([k]) => k)))
}

function stored(address: string): string[] {
  if (!address) return []
  try {
    const list: unknown = JSON.parse(localStorage.getItem(slot(address)) ?? '[]')
    return Array.isArray(list) ? list.filter((v) => typeof v === 'string') : []
  } catch {
    return []
  }
}
