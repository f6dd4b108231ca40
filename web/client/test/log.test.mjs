// Logs, receipts and heads, against vectors that the node's tests made.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { load } from './load.mjs'

const { Tree, leafHash, rootFromPath, sameBytes } = await load('log/merkle.ts')
const { openCheckpoint, parseLogKey } = await load('log/checkpoint.ts')
const { LogReader, tileName } = await load('log/reader.ts')
const { parseEntry } = await load('log/entries.ts')
const { Contradiction, judge: judgeClaim, readHeads, receiptClaim, signerOf } = await load('log/receipt.ts')
const { ChainReader } = await load('log/chain.ts')
const { fromHex, toHex, base64, concat } = await load('lib/bytes.ts')
const { signDigest, addressOf } = await load('lib/intent.ts')

const judge = (receipt, ...rest) => judgeClaim(receiptClaim(receipt), ...rest)
const read = (path) => JSON.parse(readFileSync(new URL('../../../zkcommit/' + path, import.meta.url), 'utf8'))
const golden = read('tlog/testdata/log.json')
const claims = read('testdata/claims.json')
const key = parseLogKey(golden.key)
const note = new TextDecoder().decode(base64(golden.files.checkpoint))
const text = (i) => new TextEncoder().encode(`run ${i} of the lane`)

// Serves the golden log, changed as a test wants.
function serve(change = (_path, b) => b) {
  globalThis.fetch = async (url) => {
    const path = String(url).replace('http://log/', '')
    const b = golden.files[path] === undefined ? undefined : change(path, base64(golden.files[path]))
    return b === undefined ? new Response('', { status: 404 }) : new Response(b)
  }
  return new LogReader('http://log', key)
}

test('a head is taken from its key alone, and only whole', () => {
  const head = openCheckpoint(note, key)
  assert.deepEqual([head.size, head.origin], [260, 'candor.example/log'])
  for (const [what, lie] of [
    ['size', note.replace('\n260\n', '\n261\n')], ['zeros', note.replace('\n260\n', '\n0260\n')], ['origin', note.replaceAll('candor.example', 'candor.exampel')],
    ['extension', note.replace('\n\n', '\nmore\n\n')], ['no signature', note.slice(0, note.indexOf('\n\n') + 2)], ['nothing', ''],
    ['another signature', note.replace(/— (\S+) \S+/, (_, n) => `— ${n} ${btoa('x'.repeat(68))}`)],
  ]) assert.throws(() => openCheckpoint(lie, key), undefined, what)
  const other = { ...key, key: key.key.map((v, i) => (i === 5 ? v ^ 1 : v)) }
  assert.throws(() => openCheckpoint(note, other))
  assert.equal(openCheckpoint(note + '— witness.example AAAAAAAAAAAA\n', key).size, 260, 'signatures of others are passed over')
  for (const lie of ['', 'a+b', golden.key.replace('+', '+0'), golden.key.slice(0, -4) + 'AAAA']) assert.throws(() => parseLogKey(lie))
})

test('what the key signed for another log, or with more lines, is no head of this one', async () => {
  const { ed25519 } = await import('@noble/curves/ed25519.js')
  const { sha256 } = await import('@noble/hashes/sha2.js')
  const secret = new Uint8Array(32).fill(7)
  const mine = { origin: 'candor.example/log', key: ed25519.getPublicKey(secret) }
  const utf8 = (s) => new TextEncoder().encode(s)
  const signed = (body) => {
    const id = sha256(concat(utf8(mine.origin + '\n'), Uint8Array.of(1), mine.key)).slice(0, 4)
    return `${body}\n— ${mine.origin} ${btoa(String.fromCharCode(...id, ...ed25519.sign(utf8(body), secret)))}\n`
  }
  const root = btoa('r'.repeat(32))
  assert.equal(openCheckpoint(signed(`${mine.origin}\n5\n${root}\n`), mine).size, 5)
  for (const body of [`candor.example/other\n5\n${root}\n`, `${mine.origin}\n5\n${root}\nmore\n`, `${mine.origin}\n-5\n${root}\n`, `${mine.origin}\n99999999999999999\n${root}\n`, `${mine.origin}\n5\n${btoa('r')}\n`]) {
    assert.throws(() => openCheckpoint(signed(body), mine), undefined, body)
  }
})

test('roots and paths out of tiles are those of the node', async () => {
  const log = serve()
  const head = await log.head()
  const tree = log.tree(head.size)
  assert.ok(sameBytes(await tree.root(head.size), head.root))
  for (const t of golden.trees) {
    assert.equal(toHex(await tree.root(t.size)), t.root)
    const index = Math.floor(t.size / 2)
    const path = await tree.path(index, t.size)
    assert.deepEqual(path.map(toHex), t.path)
    assert.equal(toHex(rootFromPath(leafHash(text(index)), index, t.size, path)), t.root)
  }
  const entries = await log.entries(250, 260, head.size)
  assert.deepEqual(entries.map((e) => new TextDecoder().decode(e)), Array.from({ length: 10 }, (_, i) => `run ${250 + i} of the lane`))
})

test('every path of every small tree leads to its root, and none that is changed does', async () => {
  const leaves = Array.from({ length: 40 }, (_, i) => leafHash(text(i)))
  for (let n = 1; n <= leaves.length; n++) {
    const tree = new Tree(n, async (level, index, width) => {
      assert.equal(level, 0)
      return concat(...leaves.slice(256 * index, 256 * index + width))
    })
    const root = await tree.root(n)
    for (let i = 0; i < n; i++) {
      const path = await tree.path(i, n)
      assert.ok(sameBytes(rootFromPath(leaves[i], i, n, path), root))
      const not = (...a) => {
        const got = rootFromPath(...a)
        return got === null || !sameBytes(got, root)
      }
      assert.ok(not(leaves[(i + 1) % 41] ?? leafHash(text(99)), i, n, path) || n === 1)
      assert.ok(not(leaves[i], i, n, [...path, root]), 'one hash more')
      if (path.length > 0) {
        assert.ok(not(leaves[i], i, n, path.slice(1)), 'one hash less')
        assert.equal(rootFromPath(leaves[i], i, n, path.slice(0, -1)), null, 'it ends below the root')
        assert.ok(not(leaves[i], i, n, path.with(0, path[0].map((v) => v ^ 1))), 'another hash')
      }
      assert.equal(rootFromPath(leaves[i], n, n, path), null)
    }
  }
})

test('tiles have the names of tlog-tiles', () => {
  assert.deepEqual([0, 67, 999, 1000, 1234067].map(tileName), ['000', '067', '999', 'x001/000', 'x001/x234/067'])
})

test('runs and aborts are told by their magic, and all else is neither', () => {
  const run = parseEntry(fromHex(claims.run))
  assert.equal(run.kind, 'run')
  assert.equal(run.id, claims.id)
  assert.deepEqual([run.version, run.lane, run.seq, run.block, run.time], [3, 0, 4, 11, 1_700_000_040])
  assert.match(run.previous, /^0x04050607/)
  assert.equal(parseEntry(fromHex(claims.run).slice(1)), null)
  assert.equal(parseEntry(fromHex(claims.run + '00')), null)
  const earlier = fromHex(claims.run)
  earlier[12] = '1'.charCodeAt(0)
  assert.equal(parseEntry(earlier), null)
  const abort = new Uint8Array(141)
  abort.set(new TextEncoder().encode('candor/abort/v1'))
  abort[23] = 7 // chain id
  abort[67] = 3 // lane
  abort[75] = 9 // seq
  abort[140] = 1
  const a = parseEntry(abort)
  assert.deepEqual([a.kind, a.chainId, a.lane, a.seq, a.reason], ['abort', 7, 3, 9, 'plugin-failed'])
  abort[140] = 99
  assert.equal(parseEntry(abort).reason, 'reason 99')
  assert.equal(parseEntry(new Uint8Array(141)), null)
})

test('a receipt is its node’s alone', () => {
  const run = parseEntry(fromHex(claims.run))
  const receipt = { run: claims.id, node: run.node, lane: 0, seq: run.seq, time: 1_700_000_044, mergeDelay: 60, signature: '0x' + claims.receipt }
  assert.equal(signerOf(receipt), run.node)
  for (const change of [{ run: '0x' + '1'.repeat(64) }, { seq: 1 }, { time: 1_700_000_045 }, { mergeDelay: 61 }, { lane: 1 }, { signature: '0x00' }]) {
    assert.notEqual(signerOf({ ...receipt, ...change }), run.node, JSON.stringify(change))
  }
})

// A chain that holds one anchor of the golden log.
const chainWith = (anchor) =>
  new ChainReader({ rpc: 'x', runLog: '0x' + '1'.repeat(40), registry: '0x' + '2'.repeat(40) }, async (_url, body) => {
    const { method } = JSON.parse(body)
    assert.equal(method, 'eth_call')
    const word = (n) => n.toString(16).padStart(64, '0')
    return JSON.stringify({ result: '0x' + '00'.repeat(32) + anchor.root.slice(2) + '00'.repeat(32) + word(anchor.size) + word(12) })
  })

const node = '0x' + '3'.repeat(40)
const anchored = golden.trees[2]

test('heads that contradict each other are no passing failure', async () => {
  const good = await readHeads(serve(), chainWith(anchored), node)
  assert.deepEqual([good.head.size, good.anchor.size, good.anchor.block], [260, 200, 12])
  const flip = (path, b) => (path === 'tile/1/000.p/1' ? b.map((v) => v ^ 1) : b)
  for (const [what, anchor, change] of [['a fork', { ...anchored, root: golden.trees[1].root }], ['a shorter log', { ...anchored, size: 261 }], ['other tiles', anchored, flip]]) {
    await assert.rejects(readHeads(serve(change), chainWith(anchor), node), Contradiction, what)
  }
  await assert.rejects(readHeads(serve((path, b) => (path === 'checkpoint' ? undefined : b)), chainWith(anchored), node), (e) => !(e instanceof Contradiction))
  const away = new ChainReader({ rpc: 'x', runLog: node, registry: node }, async () => Promise.reject(new Error('The chain is away.')))
  assert.equal((await readHeads(serve(), away, node)).unanchored, 'The chain is away.')
})

test('a promise is kept, open or broken, and never called broken too early', async () => {
  const secret = fromHex('01'.repeat(32))
  const signer = addressOf(secret)
  const { keccak_256 } = await import('@noble/hashes/sha3.js')
  const { sha256 } = await import('@noble/hashes/sha2.js')
  const entry = fromHex(claims.run)
  // A log whose entry 5 is the run: the golden one has words there.
  const promise = (seq, run = toHex(sha256(entry))) => {
    const r = { run, node: signer, lane: 0, seq, time: 1000, mergeDelay: 60 }
    const n = (v, size) => fromHex(BigInt(v).toString(16).padStart(2 * size, '0'))
    const digest = keccak_256(concat(new TextEncoder().encode('candor/receipt/v1'), fromHex(r.run), fromHex(r.node), n(0, 4), n(seq, 8), n(1000, 8), n(60, 4)))
    return { ...r, signature: signDigest(digest, secret) }
  }
  const log = serve()
  const heads = await readHeads(log, chainWith(anchored), node)
  assert.equal((await judge(promise(300), heads, log, 1001)).state, 'promised')
  assert.equal((await judge(promise(300), heads, log, 1060 + 30)).state, 'promised')
  assert.equal((await judge(promise(300), heads, log, 1060 + 31)).state, 'missing')
  const other = await judge(promise(5), heads, log, 1001)
  assert.deepEqual([other.state, other.entry], ['missing', text(5)], 'something else stands in its place')
  assert.equal((await judge({ ...promise(300), mergeDelay: 61 }, heads, log, 1001)).state, 'missing', 'nobody signed that')
  // A log of one run, anchored and not.
  const leaf = leafHash(entry)
  const one = { head: { size: 1, root: leaf, origin: 'o', note: '' }, tree: new Tree(1, async () => leaf), unanchored: '' }
  const files = { entries: async () => [entry] }
  const kept = promise(0)
  assert.deepEqual(await judge(kept, { ...one, anchor: null }, files, 9999), { state: 'promised', signed: true })
  assert.deepEqual(await judge(kept, { ...one, anchor: { size: 1, root: leaf, block: 4 } }, files, 9999), { state: 'logged', size: 1, block: 4 })
  await assert.rejects(judge(kept, { ...one, anchor: { size: 1, root: leafHash(text(1)), block: 4 } }, files, 9999), Contradiction)
  await assert.rejects(judge(kept, { ...one, head: { ...one.head, root: leafHash(text(1)) }, anchor: null }, files, 9999), Contradiction)
})
