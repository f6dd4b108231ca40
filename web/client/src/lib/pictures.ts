// Pictures that a reader adds to a post: what is taken, and how they come to the node.
import { api } from './api'
import { utf8 } from './bytes'
import type { Media } from './document'
import { bytes, sentence } from './format'

export const maxPictures = 4
export const maxPictureBytes = 8 << 20
export const maxAltBytes = 2000
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

/** A picture as it was chosen, not yet sent. */
export interface Picture {
  file: File
  width: number
  height: number
  /** A small copy to show meanwhile. */
  preview: ImageBitmap
  alt: string
}

/** Reads a chosen file; throws a sentence when it is no picture that nodes take. */
export async function readPicture(file: File): Promise<Picture> {
  if (!pictureTypes.includes(file.type)) throw new Error(`The file ${file.name} is no picture that nodes take: choose PNG, JPEG, GIF or WebP.`)
  if (file.size > maxPictureBytes) throw new Error(`The picture ${file.name} has ${bytes(file.size)}: there is room for ${bytes(maxPictureBytes)}.`)
  let whole: ImageBitmap
  try {
    whole = await createImageBitmap(file)
  } catch {
    throw new Error(`The file ${file.name} cannot be read as a picture: it may be damaged.`)
  }
  const { width, height } = whole
  const scale = Math.min(1, 320 / Math.max(width, height))
  const preview = await createImageBitmap(whole, {
    resizeWidth: Math.max(1, Math.round(width * scale)), resizeHeight: Math.max(1, Math.round(height * scale)), resizeQuality: 'high',
  })
  whole.close()
  return { file, width, height, preview, alt: '' }
}

/** What is wrong with a picture's words; empty when nothing is. */
export function altProblem(p: Picture): string {
  const over = utf8(p.alt.trim()).length - maxAltBytes
  return over > 0 ? `The words for ${p.file.name} are ${over} bytes too long: there is room for ${maxAltBytes}.` : ''
}

/** Sends the pictures to the node, in their order. A failure names its picture. */
export async function uploadPictures(pictures: Picture[]): Promise<Media[]> {
  const media: Media[] = []
  for (const { file, width, height, alt } of pictures) {
    let kept
    try {
      kept = await api.putFile(file)
    } catch (e) {
      throw new Error(`The picture ${file.name} was not taken. ${sentence(e)}`)
    }
    if (kept.size !== file.size || kept.mime !== file.type) throw new Error(`The node kept something else than ${file.name}, so nothing was published.`)
    media.push({ alt: alt.trim(), cid: kept.cid, mime: kept.mime, size: kept.size, width, height })
  }
  return media
}
