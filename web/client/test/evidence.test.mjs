// What the browser writes when a node breaks its word, byte for byte as in the files of
// evidence/, which Go's tests pass through `candor evidence verify` and `candor receipts keep`.
// CANDOR_UPDATE=1 writes them anew.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { load } from './load.mjs'

const { ed25519 } = await import('@noble/curves/ed25519.js')
const { sha256 } = await import('@noble/hashes/sha2.js')
const { keccak_256 } = await import('@noble/hashes/sha3.js')
const { concat, fromHex, toHex, utf8 } = await load('lib/bytes.ts')
const { addressOf, signDigest, typedDigest, uintWord } = await load('lib/intent.ts')
const { exported, fresh, freshTicket } = await load('lib/receipts.ts')
const { settle } = await load('lib/settle.ts')
const { leafHash, Tree } = await load('log/merkle.ts')
const { ticketId } = await load('log/receipt.ts')
const { ChainReader } = await load('log/chain.ts')

const claims = JSON.parse(readFileSync(new URL('../../../zkcommit/testdata/claims.json', import.meta.url), 'utf8'))
const now = 1_800_000_000
Date.now = () => now * 1000
globalThis.location = { origin: 'http://node' }

// A node that lies, with the keys that sign its words.
const secret = fromHex('0a'.repeat(32))
const seed = fromHex('0b'.repeat(32))
const node = addressOf(secret)
const origin = `candor.local/${node}`
const logKey = ed25519.getPublicKey(seed)
const keyId = (kind) => sha256(concat(utf8(origin + '\n'), kind)).slice(0, 4)
const b64 = (b) => btoa(String.fromCharCode(...b))
const ed = concat(Uint8Array.of(1), logKey)
const facts = {
  chainId: 1337, node, rpc: 'x', log: 'http://elsewhere/log/', logKey: `${origin}+${toHex(keyId(ed)).slice(2)}+${b64(ed)}`,
  contracts: { registry: '0x' + '02'.repeat(20), runLog: '0x' + '04'.repeat(20) },
}
const sign = (body) => signDigest(typedDigest('Candor RunLog', facts.chainId, facts.contracts.runLog, body), secret)

// A run of the node's; salt makes it another.
function run(seq, salt = 0) {
  const b = fromHex(claims.run)
  const view = new DataView(b.buffer)
  view.setBigUint64(16, BigInt(facts.chainId))
  b.set(fromHex(facts.contracts.registry), 56)
  b.set(fromHex(node), 76)
  view.setBigUint64(136, BigInt(seq))
  b[144] = salt
  return b
}

function receipt(entry, seq) {
  const r = { run: toHex(sha256(entry)), node, lane: 0, seq, time: now - 600, mergeDelay: 60 }
  const n = (v, size) => fromHex(BigInt(v).toString(16).padStart(2 * size, '0'))
  const digest = keccak_256(concat(utf8('candor/receipt/v1'), fromHex(r.run), fromHex(node), n(0, 4), n(seq, 8), n(r.time, 8), n(r.mergeDelay, 4)))
  return { ...r, signature: signDigest(digest, secret) }
}

function ticket(seq, nonce) {
  const t = { nonce: '0x' + nonce.repeat(32), node, lane: 0, seq, block: 10, time: now - 600, delay: 60 }
  return { ...t, signature: sign(ticketId(t)) }
}

const kept = (entry, seq) => fresh({ id: toHex(sha256(entry)), opening: '0x' + '09'.repeat(32), receipt: receipt(entry, seq), ranker: 'latest', version: 1, anonymous: true }, now - 600)
const keptTicket = (seq, nonce) => freshTicket(ticket(seq, nonce), 'latest', now - 600)

// The log of these entries, as the node serves it. bundles are the runs that it still gives.
async function serve(entries, { account = true, bundles = [] } = {}) {
  const leaves = concat(...entries.map(leafHash))
  const root = await new Tree(entries.length, async () => leaves).root(entries.length)
  const text = `${origin}\n${entries.length}\n${b64(root)}\n`
  const line = (id, signature) => `— ${origin} ${b64(concat(id, signature))}\n`
  let note = text + '\n' + line(keyId(ed), ed25519.sign(utf8(text), seed))
  if (account) {
    const type = 'Checkpoint(bytes32 originHash,uint64 size,bytes32 root)'
    const body = keccak_256(concat(keccak_256(utf8(type)), keccak_256(utf8(origin)), uintWord(entries.length), root))
    note += line(keyId(concat(Uint8Array.of(0xff), utf8('candor/checkpoint/eip712/v1'), fromHex(node))), fromHex(sign(body)))
  }
  const files = {
    checkpoint: utf8(note), [`tile/0/000.p/${entries.length}`]: leaves,
    [`tile/entries/000.p/${entries.length}`]: concat(...entries.map((e) => concat(Uint8Array.of(e.length >> 8, e.length & 255), e))),
  }
  globalThis.fetch = async (url) => {
    const path = String(url)
    const asked = /\/runs\/(0x[0-9a-f]{64})\/bundle/.exec(path)?.[1]
    const bundle = bundles.find((b) => toHex(sha256(b)) === asked)
    if (bundle) return new Response(JSON.stringify({ run: toHex(bundle) }))
    const file = path.startsWith('http://node/log/') ? files[path.slice('http://node/log/'.length)] : undefined
    return file ? new Response(file) : new Response('', { status: 404 })
  }
  return root
}

const chainWith = (anchor) =>
  new ChainReader({ rpc: 'x', ...facts.contracts }, async () => {
    const word = (n) => n.toString(16).padStart(64, '0')
    return JSON.stringify({ result: '0x' + '00'.repeat(32) + toHex(anchor?.root ?? new Uint8Array(32)).slice(2) + '00'.repeat(32) + word(anchor?.size ?? 0) + word(12) })
  })

const file = (name) => new URL(`evidence/${name}`, import.meta.url)
function same(name, text) {
  if (process.env.CANDOR_UPDATE) writeFileSync(file(name), text)
  assert.equal(text, readFileSync(file(name), 'utf8'), name)
}

const [zero, one, two] = [run(0), run(1), run(2)]
const cases = {
  'two-heads': async () => {
    await serve([zero, one])
    return [kept(one, 1), { size: 2, root: sha256(utf8('another tree')) }]
  },
  misplaced: async () => (await serve([zero, run(5), two]), [kept(one, 1)]),
  'misplaced-alone': async () => (await serve([run(5)]), [kept(zero, 0)]), // no path leads to the root of one
  'misplaced-anchored': async () => {
    const root = await serve([zero, run(5), two], { account: false })
    return [kept(one, 1), { size: 3, root }]
  },
  'two-entries': async () => (await serve([zero, run(1, 7), two], { bundles: [one] }), [kept(one, 1)]),
  'unanswered-other': async () => (await serve([zero, run(1, 7), two]), [kept(one, 1)]), // the node gives no bundle any more
  'unanswered-unvouched': async () => (await serve([zero, run(5), two], { account: false }), [kept(one, 1)]),
  unanswered: async () => (await serve([zero]), [kept(one, 1)]),
  'unanswered-ticket': async () => (await serve([zero, one]), [keptTicket(1, '01')]), // a run of another block is there
  'two-tickets': async () => (await serve([zero]), [keptTicket(1, '01'), undefined, [keptTicket(1, '01'), keptTicket(1, '02')]]),
}

for (const [name, make] of Object.entries(cases)) {
  test(`evidence of ${name} is what the chain takes`, async () => {
    const [promise, anchor, all] = await make()
    const [found] = await settle([promise], facts, chainWith(anchor), all)
    assert.equal(found.state, 'missing', found.says)
    const fault = JSON.parse(found.evidence.file).fault
    assert.ok(name.startsWith(fault), fault)
    same(`${name}.json`, found.evidence.file)
  })
}

test('a ticket is ended by its abort, and by a run of its block', async () => {
  const abort = fromHex(claims.abort)
  const view = new DataView(abort.buffer)
  view.setBigUint64(16, BigInt(facts.chainId))
  abort.set(fromHex(facts.contracts.registry), 24)
  abort.set(fromHex(node), 44)
  view.setBigUint64(68, 1n)
  const promise = keptTicket(1, '01')
  abort.set(ticketId(promise.ticket), 108)
  const root = await serve([zero, abort])
  const [found] = await settle([promise], facts, chainWith({ size: 2, root }))
  assert.deepEqual([found.state, found.anchor], ['logged', { size: 2, block: 12 }])
  assert.equal((await settle([{ ...keptTicket(1, '02') }], facts, chainWith()))[0].state, 'missing', 'the abort is of another ticket')
  const ran = run(1)
  new DataView(ran.buffer).setBigUint64(176, 10n)
  await serve([zero, ran])
  assert.equal((await settle([promise], facts, chainWith()))[0].state, 'promised')
})

test('what nobody signed is blamed on the node, without a file that proves nothing', async () => {
  await serve([zero, run(5)])
  for (const k of [kept(one, 1), keptTicket(1, '01')]) {
    const paper = k.receipt ? 'receipt' : 'ticket'
    const [found] = await settle([{ ...k, [paper]: { ...k[paper], seq: 0 } }], facts, chainWith())
    assert.deepEqual([found.state, found.evidence], ['missing', undefined])
  }
})

test('an export is what the command reads', () => same('receipts.jsonl', exported([kept(one, 1), keptTicket(2, '03')])))
