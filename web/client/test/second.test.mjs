// The second verifier's opinion of a real bundle, which the node's tests made.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { load } from './load.mjs'

const { questionOf } = await load('lib/second.ts')
const { agreed } = await load('lib/verify.ts')
const { checkRegistration, verify } = await load('runproof/verify.ts')
const bundle = JSON.parse(readFileSync(new URL('../../../zkcommit/verify/testdata/bundle.json', import.meta.url), 'utf8'))

const judge = (b) => {
  const q = questionOf(JSON.stringify(b))
  verify(q.statement, checkRegistration(q.registration, q.key), q.proof)
}
const changed = (change) => {
  const b = structuredClone(bundle)
  change(b)
  return b
}

test('the second verifier takes registration and run proof of a real bundle', () => judge(bundle))

test('and none of another run, order, row, model or version', () => {
  const swap = (s, at) => s.slice(0, at) + (s[at] === 'A' ? 'B' : 'A') + s.slice(at + 1)
  for (const change of [
    (b) => (b.run = b.run.slice(0, -1) + (b.run.endsWith('0') ? '1' : '0')),
    (b) => b.ranked.reverse(),
    (b) => ([b.features[0], b.features[1]] = [b.features[1], b.features[0]]),
    (b) => b.features.pop(),
    (b) => (b.features[0] = 'zz' + b.features[0].slice(2)),
    (b) => (b.ranked[0] = '1-2'),
    (b) => (b.proof.bytes = swap(b.proof.bytes, 9000)),
    (b) => (b.proof.version = 'candor/sumcheck/v2'),
    (b) => (b.proof.kind = 'verdict'),
    (b) => (b.registration = swap(b.registration, 1)),
    (b) => (b.registration = swap(b.registration, 50)), // the shape
    (b) => (b.registration = swap(b.registration, 80)), // the schema
    (b) => (b.registration = swap(b.registration, 130)), // the commitment
    (b) => (b.registration = swap(b.registration, 400)), // the weights
    (b) => (b.registration = swap(b.registration, 2000)), // the link
    (b) => (b.registration = swap(b.registration, b.registration.length - 100)), // the proof
    (b) => (b.registration = b.registration.slice(0, 600)),
    (b) => (b.registrationKey.key = swap(b.registrationKey.key, 300)),
    (b) => (b.registrationKey.development = false),
  ]) {
    assert.throws(() => judge(changed(change)), undefined, String(change))
  }
})

test('without a run proof it has no opinion', () => {
  assert.equal(questionOf(JSON.stringify(changed((b) => (b.proof = null)))), null)
  assert.equal(questionOf(JSON.stringify(changed((b) => (b.registration = null)))), null)
  assert.equal(questionOf(JSON.stringify(changed((b) => (b.registrationKey = null)))), null)
})

test('two verifiers that disagree make nothing valid', () => {
  const fine = ['run', 'features', 'ranked', 'registration'].map((name) => ({ name, ok: true }))
  const holds = { valid: true, checks: [...fine, { name: 'proof', ok: true }], proofs: ['candor/sumcheck/v1'] }
  const refuses = { valid: false, checks: [...fine, { name: 'proof', ok: false }], proofs: [] }
  const spoilt = { valid: false, checks: [{ name: 'features', ok: false }, { name: 'proof', ok: false }], proofs: [] }
  const yes = { says: 'yes', milliseconds: 1 }
  const no = { says: 'no', why: 'because', milliseconds: 1 }
  for (const [result, second, disagree, valid] of [
    [holds, yes, false, true], [holds, no, true, false], [refuses, no, false, false], [refuses, yes, true, false],
    [holds, { says: 'unknown', why: 'slow' }, false, true], [spoilt, yes, false, false], [holds, { says: 'nothing' }, true, false], [refuses, { says: 'nothing' }, false, false],
  ]) {
    const v = agreed({ result, loadMs: 0, verifyMs: 0, verifierBytes: 0 }, second)
    assert.deepEqual([v.disagree, v.result.valid], [disagree, valid], JSON.stringify([result.proofs, second]))
  }
})
