// How texts, links and times read; texts come from strangers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { spans, webLink, mediaURL, ago, low, likeness, short, compact, firstSentence, sentence, nameOf, bytes } = await load('lib/format.ts')
const { identicon } = await load('lib/identicon.ts')

const kinds = (text) => spans(text).map((s) => `${s.kind}:${s.text}`)

test('links and tags are found, and the sentence keeps its full stop', () => {
  assert.deepEqual(kinds('See https://www.example.org/a/. #Tea!'), [
    'text:See ', 'link:example.org/a', 'text:. ', 'tag:#Tea', 'text:!',
  ])
  assert.deepEqual(kinds('(https://example.org/x)'), ['text:(', 'link:example.org/x', 'text:)'])
  assert.equal(spans('https://en.example.org/Tea_(drink)')[0].href, 'https://en.example.org/Tea_(drink)')
})

test('what looks like a link or tag and is none stays text', () => {
  for (const text of ['javascript:alert(1)', 'a#b', 'https://', '&#39;', 'ftp://example.org', '#', 'x https://[ y']) {
    assert.ok(spans(text).every((s) => s.kind === 'text'), text)
  }
})

test('the pieces of a text make the text', () => {
  const text = 'one #two https://example.org/three?x=1#y, four\n#five'
  const back = spans(text).map((s) => (s.kind === 'link' ? s.href : s.text)).join('')
  assert.equal(back, text)
})

test('only pages of the web open', () => {
  assert.equal(webLink('https://example.org/?q=1').hostname, 'example.org')
  for (const uri of ['javascript:alert(1)', 'data:text/html,x', 'at://did:plc:x/y', '', '//example.org']) {
    assert.equal(webLink(uri), null, uri)
  }
})

test('pictures come from the gateway or from nowhere', () => {
  const m = { cid: 'bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e', mime: 'image/png' }
  assert.equal(mediaURL('http://127.0.0.1:8081', m), `http://127.0.0.1:8081/ipfs/${m.cid}`)
  assert.equal(mediaURL('http://127.0.0.1:8081/else/?a=b', m), `http://127.0.0.1:8081/ipfs/${m.cid}`)
  for (const gateway of [undefined, '', 'javascript:alert(1)', 'ftp://example.org', '/']) assert.equal(mediaURL(gateway, m), null, gateway)
  for (const bad of [
    { mime: 'image/svg+xml' }, { mime: 'text/html' }, { mime: 'video/mp4' }, { mime: '' }, { mime: 'x image/png' },
    { cid: '' }, { cid: '../x' }, { cid: m.cid + '/a' }, { cid: 'https://example.org/a' }, { cid: m.cid + '?a' },
  ]) {
    assert.equal(mediaURL('http://127.0.0.1:8081', { ...m, ...bad }), null, JSON.stringify(bad))
  }
})

test('times, names and numbers read short', () => {
  assert.deepEqual([0, 59, 60, 3600, 86400, 604800, 31536000].map((s) => ago(1000, 1000 + s)), ['now', 'now', '1m', '1h', '1d', '1w', '1y'])
  assert.equal(ago(2000, 1000), 'now')
  assert.equal(short('0x1234567890abcdef'), '0x1234…cdef')
  assert.equal(short('0x12'), '0x12')
  assert.equal(compact(1530), '1.5K')
  assert.equal(nameOf('  ', '0x1234567890abcdef'), '0x1234…cdef')
})

test('sizes are for people', () => {
  assert.deepEqual([999, 1000, 999_499, 1_000_000, 8 << 20].map(bytes), ['999 bytes', '1 kB', '999 kB', '1.0 MB', '8.4 MB'])
})

test('a first sentence ends at its full stop', () => {
  assert.equal(firstSentence('Newest first, v1.5 of it. Nothing else counts.'), 'Newest first, v1.5 of it.')
  assert.equal(firstSentence('No end'), 'No end')
})

test('an error is one sentence', () => {
  assert.equal(sentence(new Error('the nonce is used')), 'The nonce is used.')
  assert.equal(sentence(undefined), 'Something went wrong here. Reload the page and try again.')
})

test('an address has one face, whatever its case, and others differ', () => {
  assert.deepEqual(identicon('0xABCDEF'), identicon('0xabcdef'))
  const faces = new Set(Array.from({ length: 64 }, (_, i) => JSON.stringify(identicon('0x' + i.toString(16).padStart(40, '0')))))
  assert.equal(faces.size, 64)
})

test('what is left is said when it is little', () => {
  for (const [left, hourly, want] of [[120, 120, false], [13, 120, false], [12, 120, true], [0, 120, true], [1, 3, true], [2, 3, false]])
    assert.equal(low({ left, hourly }), want, `${left} of ${hourly}`)
})

test('a copy is said in pairs of posts', () => {
  assert.equal(likeness(0), 'nothing yet')
  assert.match(likeness(0.8), /90 of 100 pairs/)
})
