// The documents that authors publish: canonical dag-json (keys sorted, no white
// space), within the limits that every node keeps.
import { utf8 } from './bytes'

export const maxTextBytes = 3000
export const maxNameBytes = 256
const maxTags = 16

/** A file that a post shows; alt says in words what is to be seen. */
export interface Media {
  alt: string
  cid: string
  mime: string
  size: number
  width?: number
  height?: number
}

export interface PostFields {
  text: string
  tags?: string[]
  langs?: string[]
  link?: { uri: string; title?: string } | null
  media?: Media[]
  /** Addresses, whose case does not matter. */
  mentions?: string[]
  source?: string
}

export interface ProfileFields {
  displayName?: string
  description?: string
  /** Asks feeds to show the posts to followers only. */
  hide?: boolean
}

/** The bytes of a post's document; throws a sentence when it breaks a limit. */
export function postDocument(p: PostFields): Uint8Array {
  const size = utf8(p.text).length
  if (size > maxTextBytes) throw new Error(`The text has ${size} bytes: a post has at most ${maxTextBytes}.`)
  if (p.text === '' && !p.link && !p.media?.length) throw new Error('Write something first.')
  const link = p.link ? { title: p.link.title || undefined, uri: p.link.uri } : undefined
  const media = p.media?.map((m) => ({
    alt: m.alt.toWellFormed(), cid: m.cid, height: m.height || undefined, mime: m.mime, size: m.size, width: m.width || undefined,
  }))
  // JSON leaves out what is undefined; the keys stand in dag-json's order.
  return utf8(
    JSON.stringify({
      $type: 'candor.post/v1',
      langs: some(p.langs),
      link,
      media: some(media),
      mentions: some(p.mentions?.map((a) => a.toLowerCase())),
      source: p.source || undefined,
      tags: some(p.tags?.slice(0, maxTags)),
      text: p.text.toWellFormed(),
    }),
  )
}

/** The bytes of a profile's document. */
export function profileDocument(p: ProfileFields): Uint8Array {
  if (utf8(p.displayName ?? '').length > maxNameBytes) throw new Error(`A name has at most ${maxNameBytes} bytes.`)
  if (utf8(p.description ?? '').length > maxTextBytes) throw new Error(`A description has at most ${maxTextBytes} bytes.`)
  return utf8(
    JSON.stringify({
      $type: 'candor.profile/v1',
      description: p.description?.toWellFormed() || undefined,
      displayName: p.displayName?.toWellFormed() || undefined,
      hideFromAlgorithmicRecommendations: p.hide || undefined,
    }),
  )
}

/** The hashtags of a text, without their sign, each once. */
export function hashtags(text: string): string[] {
  const found = Array.from(text.matchAll(/(?:^|[^\p{L}\p{N}_&#])#([\p{L}\p{N}_]{1,64})/gu), (m) => m[1]!)
  return [...new Set(found)].slice(0, maxTags)
}

function some<T>(list?: T[]): T[] | undefined {
  return list?.length ? list : undefined
}
