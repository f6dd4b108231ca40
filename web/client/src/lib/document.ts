// The documents that authors publish: canonical dag-json (keys sorted, no white
// space), within the limits that every node keeps.
import { utf8 } from './bytes'

export const maxTextBytes = 3000
export const maxNameBytes = 256
const maxTags = 16

export interface PostFields {
  text: string
  tags?: string[]
  langs?: string[]
  link?: { uri: string; title?: string }
}

export interface ProfileFields {
  displayName?: string
  description?: string
}

/** The bytes of a post's document; throws a sentence when it breaks a limit. */
export function postDocument(p: PostFields): Uint8Array {
  const size = utf8(p.text).length
  if (size > maxTextBytes) throw new Error(`The text has ${size} bytes: a post has at most ${maxTextBytes}.`)
  if (p.text === '' && !p.link) throw new Error('Write something first.')
  const link = p.link && { title: p.link.title || undefined, uri: p.link.uri }
  // JSON leaves out what is undefined; the keys stand in dag-json's order.
  return utf8(
    JSON.stringify({
      $type: 'candor.post/v1',
      langs: some(p.langs),
      link,
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
    }),
  )
}

/** The hashtags of a text, without their sign, each once. */
export function hashtags(text: string): string[] {
  const found = Array.from(text.matchAll(/(?:^|[^\p{L}\p{N}_&#])#([\p{L}\p{N}_]{1,64})/gu), (m) => m[1]!)
  return [...new Set(found)].slice(0, maxTags)
}

function some(list?: string[]): string[] | undefined {
  return list?.length ? list : undefined
}
