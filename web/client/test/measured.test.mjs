// What readers are told of how a ranker does.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { facts } = await load('lib/measured.ts')

const whole = (m) => Object.fromEntries(facts(m).map((f) => [f.name, f.whole]))
const brief = (m) => facts(m).map((f) => f.brief)

test('what nobody knows is said, not left out', () => {
  assert.deepEqual(whole({}), { Quality: 'nobody has measured it', Proven: 'no runs yet', Answers: 'not asked since the node started' })
  assert.deepEqual(brief({}), ['not measured', 'no runs yet', ''])
})

test('figures are told as they are, the bad ones too', () => {
  const m = {
    proofs: { runs: 1500, shareProven: 0.987 },
    serving: { asked: 1500, failed: 30, up: 0.98, medianMs: 0.2, slowMs: 41.4 },
    quality: { history: 'hn-2016a', slates: 24, label: 'points', ndcg10: 0.46467, interval: [0.4362, 0.4918], overLatest: -0.0105 },
  }
  assert.deepEqual(brief(m), ['quality 0.46', '98.7 % proven', 'under 1 ms'])
  const w = whole(m)
  assert.match(w.Quality, /^NDCG@10 0\.465 \(0\.436 to 0\.492\), −1\.1 % against newest first; 24 slates of hn-2016a, by points/)
  assert.equal(w.Proven, '98.7 % of 1,500 runs')
  assert.equal(w.Answers, 'half in under 1 ms, 99 in 100 in 41 ms; 98.0 % up, 30 of 1,500 failed since the node started')
})
