// Bytes and the ways in which the API spells them.

export function toHex(b: Uint8Array): string {
  return '0x' + Array.from(b, (v) => v.toString(16).padStart(2, '0')).join('')
}

export function fromHex(s: string): Uint8Array {
  const digits = s.startsWith('0x') ? s.slice(2) : s
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) throw new Error('That is not hexadecimal.')
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const p of parts) {
    all.set(p, at)
    at += p.length
  }
  return all
}

export const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s)

/** Base64 with padding; what is none gives no bytes. */
export function base64(s: string): Uint8Array {
  try {
    return Uint8Array.from(atob(s), (c) => c.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}
