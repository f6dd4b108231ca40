// Golden vectors made with graph.Intent.Digest and graph.PostContent.Encode:
// what the browser signs is what the contract checks.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { load } from './load.mjs'

const golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8'))
const { intentDigest, signDigest, addressOf, newKey, isKey } = await load('lib/intent.ts')
const { postDocument, profileDocument, hashtags } = await load('lib/document.ts')
const { documentCID, cidBytes } = await load('lib/cid.ts')
const { toHex, fromHex } = await load('lib/bytes.ts')

const key = fromHex(golden.key)

test('the key gives its address', () => {
  assert.equal(addressOf(key), golden.address.toLowerCase())
})

for (const v of golden.intents) {
  test(`${v.name}: digest and signature are the node's`, () => {
    const digest = intentDigest(v.intent, golden.chainId, golden.contract)
    assert.equal(toHex(digest), v.digest)
    assert.equal(signDigest(digest, key), v.signature)
  })
}

test('every field of an intent changes its digest', () => {
  const base = golden.intents[1].intent
  const seen = new Set([toHex(intentDigest(base, 1337, golden.contract))])
  const other = golden.intents[1].intent.subject.cid
  const changes = [
    { author: golden.contract }, { action: 'react' }, { nonce: 1 }, { deadline: 1 }, { time: 1 },
    { target: golden.contract }, { cid: other }, { subject: { ...base.subject, id: '12-0-4' } },
    { subject: { ...base.subject, cid: base.cid } }, { quote: { ...base.quote, id: '1-0-0' } },
    { quote: { ...base.quote, cid: other } }, { reaction: 'like' }, { reaction: 'repost' }, { imported: true },
  ]
  for (const change of changes) seen.add(toHex(intentDigest({ ...base, ...change }, 1337, golden.contract)))
  seen.add(toHex(intentDigest(base, 1338, golden.contract)))
  seen.add(toHex(intentDigest(base, 1337, base.author)))
  assert.equal(seen.size, changes.length + 3)
})

test('what is no address, position, number or CID is refused', () => {
  const base = golden.intents[0].intent
  for (const bad of [
    { target: '0x12' }, { target: 'zz' }, { nonce: -1 }, { nonce: 1.5 }, { nonce: 2 ** 53 },
    { subject: { id: '1-2', cid: base.cid } }, { subject: { id: '1-4294967296-0', cid: base.cid } },
    { subject: { id: '18446744073709551616-0-0', cid: base.cid } },
    { cid: 'Qmabc' }, { cid: base.cid.toUpperCase() }, { cid: base.cid + 'a' },
  ]) {
    assert.throws(() => intentDigest({ ...base, ...bad }, 1337, golden.contract), Error, JSON.stringify(bad))
  }
})

for (const v of golden.documents) {
  test(`the ${v.kind}'s document and CID are the node's`, () => {
    const doc = v.kind === 'post' ? postDocument(v.fields) : profileDocument(v.fields)
    assert.equal(new TextDecoder().decode(doc), v.document)
    assert.equal(documentCID(doc), v.cid)
  })
}

test('a CID goes to bytes and its digest is the document’s', () => {
  const raw = cidBytes(golden.documents[0].cid)
  assert.equal(raw.length, 37)
  assert.equal(toHex(raw.slice(0, 5)), '0x01a9021220')
})

test('documents keep their limits', () => {
  assert.throws(() => postDocument({ text: '', media: [] }), /Write something/)
  assert.throws(() => postDocument({ text: '' }), /Write something/)
  assert.throws(() => postDocument({ text: 'é'.repeat(1501) }), /3002 bytes/)
  assert.equal(JSON.parse(new TextDecoder().decode(postDocument({ text: 'é'.repeat(1500) }))).text.length, 1500)
  assert.throws(() => profileDocument({ displayName: 'x'.repeat(257) }), /256/)
  assert.equal(new TextDecoder().decode(postDocument({ text: 'a\ud800b' })), '{"$type":"candor.post/v1","text":"a\ufffdb"}')
})

test('hashtags are found once, words with # inside are none', () => {
  assert.deepEqual(hashtags('#Tea and #crème, see a#b &#39; ##x #Tea\n#new_1'), ['Tea', 'crème', 'new_1'])
})

test('fresh keys are keys, and differ', () => {
  assert.ok(isKey(newKey()))
  assert.notEqual(toHex(newKey()), toHex(newKey()))
  assert.equal(isKey(new Uint8Array(32)), false)
})
