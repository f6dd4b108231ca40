// Signing in at the node (ERC-4361): a reader's own feed is opened to nobody else.
// Reading anonymously, or through someone else's eyes, needs no session and uses none.
import { keccak_256 } from '@noble/hashes/sha3.js'
import { api, Refusal } from './api'
import { toHex, utf8, concat } from './bytes'
import { signDigest } from './intent'
import type { HeldKey } from './keystore'

/** What a reader signs. */
export interface SignIn {
  domain: string
  address: string
  uri: string
  chainId: number
  nonce: string
  issuedAt: string
}

const statement = 'Read my own feed at this node.'

/** The text that is signed; web/siwe reads it. */
export function signInText(m: SignIn): string {
  return (
    `${m.domain} wants you to sign in with your Ethereum account:\n${checksummed(m.address)}\n\n${statement}\n\n` +
    `URI: ${m.uri}\nVersion: 1\nChain ID: ${m.chainId}\nNonce: ${m.nonce}\nIssued At: ${m.issuedAt}`
  )
}

/** Signs a text as wallets do (EIP-191). */
export function signText(text: string, key: Uint8Array): string {
  const body = utf8(text)
  return signDigest(keccak_256(concat(utf8(`\x19Ethereum Signed Message:\n${body.length}`), body)), key)
}

/** An address in the capitals of EIP-55. */
export function checksummed(address: string): string {
  const digits = address.slice(2).toLowerCase()
  const hash = toHex(keccak_256(utf8(digits))).slice(2)
  return '0x' + [...digits].map((d, i) => (parseInt(hash[i]!, 16) > 7 ? d.toUpperCase() : d)).join('')
}

let held: { address: string; token: string; expires: number } | undefined

/** Asks with the reader's session; signs in first where there is none, or it is over. */
export async function asReader<T>(key: HeldKey, ask: (token: string | undefined) => Promise<T>): Promise<T> {
  for (let again = false; ; again = true) {
    const token = await tokenOf(key)
    try {
      return await ask(token)
    } catch (e) {
      if (again || token === undefined || !refused(e)) throw e
      held = undefined // the node forgot it, as one that starts anew does
    }
  }
}

// None where the node lets nobody sign in under the name by which this page was reached.
async function tokenOf(key: HeldKey): Promise<string | undefined> {
  if (held?.address === key.address && held.expires > Date.now() / 1000 + 60) return held.token
  held = undefined
  const { nonce, chainId, domains } = await api.door()
  if (!domains.includes(location.host)) return undefined
  const text = signInText({
    domain: location.host, address: key.address, uri: location.origin + '/', chainId, nonce,
    issuedAt: new Date().toISOString(),
  })
  const { token, expires } = await api.signIn(text, signText(text, key.secret))
  held = { address: key.address, token, expires }
  return token
}

/** Ends the session, if there is one: the key leaves this browser. */
export function signOut() {
  if (held) void api.signOut(held.token).catch(() => undefined)
  held = undefined
}

const refused = (e: unknown): boolean => e instanceof Refusal && e.status === 401
