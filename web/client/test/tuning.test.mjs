import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { tunable, says } = await load('lib/tuning.ts')

const rankers = [
  { id: 'a', parameters: [{ name: 'x', least: 0, most: 32, default: 16, columns: [1] }, { name: 'told', least: 0, most: 32, default: 16 }] },
  { id: 'b' },
]

test('of what was tuned before, what a ranker still takes is kept', () => {
  assert.deepEqual(tunable({ a: { x: 3 } }, rankers), { a: { x: 3 } })
  for (const old of [undefined, null, 5, 'x', {}, { a: 5 }, { a: { x: 33 } }, { a: { x: -1 } }, { a: { x: 1.5 } }, { a: { x: '3' } }, { a: { x: 16 } }, { a: { told: 3 } }, { b: { x: 3 } }, { c: { x: 3 } }])
    assert.deepEqual(tunable(old, rankers), {}, JSON.stringify(old))
})

test('values are said in words', () => {
  assert.deepEqual([0, 8, 16, 32].map(says), ['not at all', '50 %', 'as the ranker does', '200 %'])
})
