// The key that this browser holds. It never leaves it, but by the reader's own export.
import { fromHex, toHex } from './bytes'
import { addressOf, isKey, newKey } from './intent'

const slot = 'candor.key'

export interface HeldKey {
  secret: Uint8Array
  address: string
}

/** The key in this browser, if there is one. */
export function heldKey(): HeldKey | null {
  const stored = localStorage.getItem(slot)
  if (!stored) return null
  try {
    return parseKey(stored)
  } catch {
    return null
  }
}

export function createKey(): HeldKey {
  return keep({ secret: newKey(), address: '' })
}

/** Takes a key that was exported before; throws a sentence when it is none. */
export function importKey(text: string): HeldKey {
  return keep(parseKey(text))
}

export function exportKey(key: HeldKey): string {
  return toHex(key.secret)
}

export function forgetKey() {
  localStorage.removeItem(slot)
}

function parseKey(text: string): HeldKey {
  const digits = text.trim()
  if (!/^(0x)?[0-9a-fA-F]{64}$/.test(digits)) throw new Error('A key is 64 hexadecimal digits. Paste the whole line that you saved.')
  const secret = fromHex(digits)
  if (!isKey(secret)) throw new Error('These digits are outside the range of keys. Paste the line that you saved.')
  return { secret, address: addressOf(secret) }
}

function keep(key: HeldKey): HeldKey {
  localStorage.setItem(slot, toHex(key.secret))
  return { secret: key.secret, address: addressOf(key.secret) }
}
