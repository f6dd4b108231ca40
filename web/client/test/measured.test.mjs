// What readers are told of how a ranker does.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { facts } = await load('lib/measured.ts')

const whole = (m) => Object.fromEntries(facts(m).map((f) => [f.name, f.whole]))
const brief = (m) => facts(m).map((f) => f.brief)

test('what nobody knows is said, not left out', () => {
  const m = { unmeasured: '3 posts are too few', serving: { since: 0, pages: 0, asked: 0, failed: 0, checked: 0, missed: 0, answers: 0, medianMs: 0, slowMs: 0 }, proofs: { runs: 0, proven: 0 } }
  assert.deepEqual(whole(m), { Quality: '3 posts are too few', 'Answers in': 'it has not answered yet', Up: 'the node has not asked it yet', Proven: 'it has made no runs here yet' })
  assert.deepEqual(brief(m), ['quality unknown', 'no answer yet', 'not checked yet', 'no runs'])
  assert.deepEqual(brief({}), brief(m))
})

test('figures are told as they are, the bad ones too', () => {
  const m = {
    proofs: { runs: 1500, proven: 1480, failed: 2 },
    serving: { since: 1_790_000_000, pages: 9, asked: 1500, failed: 30, checked: 10_000, missed: 1, answers: 512, medianMs: 0.2, slowMs: 1041.4 },
    quality: { history: 'this node’s posts', slates: 1, label: 'likes', ndcg10: 0.46467, interval: [0.4362, 0.4918], overLatest: -0.0105 },
    reported: { history: 'hn-2016a', slates: 24, label: 'points', ndcg10: 0.5, interval: [0.4, 0.6] },
  }
  assert.deepEqual(brief(m), ['quality 0.46', '<1 ms', '99.9 % up', '98.7 % proven', ''])
  const w = whole(m)
  assert.equal(w.Quality, 'NDCG@10 0.465 (0.436 to 0.492), −1.1 % against newest first; 1 slate of this node’s posts, by likes')
  assert.equal(w.Elsewhere, 'NDCG@10 0.500 (0.400 to 0.600); 24 slates of hn-2016a, by points')
  assert.equal(w.Proven, '98.7 % of 1,500 runs, 2 failed')
  assert.equal(w['Answers in'], 'half in under 1 ms, 99 in 100 in 1,041 ms; the last 512 answers')
  assert.match(w.Up, /^99\.9 % of 10,000 checks, one a minute; 30 of 1,500 questions for readers failed; since /)
})
