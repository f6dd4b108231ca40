// The message that signs a reader in, held with web/siwe to one file.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { load } from './load.mjs'

const golden = JSON.parse(readFileSync(new URL('session.json', import.meta.url), 'utf8'))
const { signInText, signText, checksummed } = await load('lib/session.ts')
const { addressOf } = await load('lib/intent.ts')
const { fromHex } = await load('lib/bytes.ts')

const key = fromHex(golden.key)

test('the message and its signature are what the node reads', () => {
  const text = signInText({ ...golden.fields, address: addressOf(key) })
  assert.equal(text, golden.message)
  assert.equal(signText(text, key), golden.signature)
})

test('addresses have the capitals of EIP-55', () => {
  for (const a of ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359', '0x52908400098527886E0F7030069857D2E4169EE7', '0xde709f2102306220921060314715629080e2fb77'])
    assert.equal(checksummed(a.toLowerCase()), a)
})
