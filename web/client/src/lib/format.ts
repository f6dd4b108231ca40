// How numbers, times, texts and addresses read.

const units: [number, string][] = [[31_536_000, 'y'], [604_800, 'w'], [86_400, 'd'], [3_600, 'h'], [60, 'm']]

/** "5m", "3h", "2w": how long ago a Unix time was. */
export function ago(time: number, now: number): string {
  const past = now - time
  for (const [seconds, unit] of units) if (past >= seconds) return Math.floor(past / seconds) + unit
  return 'now'
}

/** A Unix time as a full date and time of the reader's own place. */
export function moment(time: number): string {
  return new Date(time * 1000).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

export function day(time: number): string {
  return new Date(time * 1000).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

/** How long it is until then: "3 days 4 h", "12 min 5 s"; the two largest units. */
export function until(seconds: number): string {
  const parts: [number, string, string][] = [[86_400, ' day', ' days'], [3_600, ' h', ' h'], [60, ' min', ' min'], [1, ' s', ' s']]
  const first = parts.findIndex(([size]) => seconds >= size)
  if (first < 0) return '0 s'
  let left = Math.floor(seconds)
  return parts
    .slice(first, first + 2)
    .map(([size, one, many]) => {
      const n = Math.floor(left / size)
      left -= n * size
      return n + (n === 1 ? one : many)
    })
    .join(' ')
}

/** Wei as ether. */
export function ether(wei: string): string {
  const digits = wei.padStart(19, '0')
  const whole = digits.slice(0, -18)
  const rest = digits.slice(-18).replace(/0+$/, '')
  return (rest ? `${whole}.${rest}` : whole) + ' ether'
}

/** A part of 1 as a percentage that is 100 % only for all and 0 % only for none. */
export function percent(part: number, of: number): string {
  if (of === 0) return '–'
  if (part === of) return '100 %'
  const p = (100 * part) / of
  return (p === 0 ? '0' : p < 0.1 ? '<0.1' : Math.min(p, 99.9).toFixed(1)) + ' %'
}

/** 1,234 as "1.2K". */
export const compact = (n: number): string =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(n)

/** A size in bytes, for people. */
export const bytes = (n: number): string =>
  n < 1000 ? `${n} bytes` : n < 1e6 ? `${Math.round(n / 1000)} kB` : `${(n / 1e6).toFixed(1)} MB`

/** The first sentence of a description, for where one line has to do. */
export const firstSentence = (s: string): string => /^.+?[.!?](?=\s|$)/s.exec(s)?.[0] ?? s

export const counted = (n: number, one: string, many = one + 's'): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** A long hash or address, shortened in its middle. */
export const short = (hex: string, head = 6, tail = 4): string =>
  hex.length <= head + tail + 1 ? hex : hex.slice(0, head) + '…' + hex.slice(-tail)

/** What to call an author: the name, or else the address. */
export const nameOf = (name: string, address: string): string => name.trim() || short(address)

/** The address of a page, when it is one that a reader may open. */
export function webLink(uri: string): URL | null {
  try {
    const u = new URL(uri)
    return u.protocol === 'https:' || u.protocol === 'http:' ? u : null
  } catch {
    return null
  }
}

/** Where a post's picture is: at the node's own gateway, or nowhere. */
export function mediaURL(gateway: string | undefined, m: { cid: string; mime: string }): string | null {
  const root = gateway && webLink(gateway)
  if (!root || !/^image\/(png|jpeg|gif|webp|avif)$/.test(m.mime) || !/^[a-z0-9]{10,128}$/.test(m.cid)) return null
  return `${root.origin}/ipfs/${m.cid}`
}

export type Span = { kind: 'text' | 'tag'; text: string } | { kind: 'link'; text: string; href: string }

const pattern = /(https?:\/\/[^\s<>"'`]+)|(?<![\p{L}\p{N}_&#/])(#[\p{L}\p{N}_]{1,64})/gu

/** A post's text in pieces: plain, hashtags, links to pages. */
export function spans(text: string): Span[] {
  const out: Span[] = []
  let at = 0
  const plain = (to: number) => {
    if (to > at) out.push({ kind: 'text', text: text.slice(at, to) })
  }
  for (const m of text.matchAll(pattern)) {
    const found = m[1] ? trimLink(m[1]) : m[0]
    const href = m[1] && webLink(found)?.href
    if (m[1] && !href) continue
    plain(m.index)
    out.push(href ? { kind: 'link', text: pretty(found), href } : { kind: 'tag', text: found })
    at = m.index + found.length
  }
  plain(text.length)
  return out
}

// Punctuation that ends the sentence is not the link's.
function trimLink(s: string): string {
  const cut = s.replace(/[.,;:!?…]+$/, '')
  return cut.endsWith(')') && !cut.includes('(') ? trimLink(cut.slice(0, -1)) : cut
}

function pretty(link: string): string {
  const bare = link.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
  return bare.length > 42 ? bare.slice(0, 41) + '…' : bare
}

/** What went wrong, as one sentence. */
export function sentence(e: unknown): string {
  const s = e instanceof Error ? e.message.trim() : ''
  if (!s) return 'Something went wrong here. Reload the page and try again.'
  return s.charAt(0).toUpperCase() + s.slice(1) + (/[.!?]$/.test(s) ? '' : '.')
}

/** Whether an asker should know that little is left. */
export const low = (asks: { left: number; hourly: number }): boolean => asks.left <= Math.max(1, Math.floor(asks.hourly / 10))

/** What a copy of a model reaches, in words; tau is Kendall's. */
export const likeness = (tau: number): string =>
  tau === 0 ? 'nothing yet' : `a copy that orders ${Math.round(50 * (1 + tau))} of 100 pairs of posts as the model does`
