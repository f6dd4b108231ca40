// The evaluator in the browser, against the node's own.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { load } from './load.mjs'

const { comparePositions, parseModel, parseReveal, rerank, score } = await load('lib/replay.ts')
const { fromHex } = await load('lib/bytes.ts')
const read = (path) => JSON.parse(readFileSync(new URL('../../../zkcommit/testdata/' + path, import.meta.url), 'utf8'))
const cases = read('scores.json')

test('scores and orders are those of the reference, bit for bit', () => {
  assert.ok(cases.some((c) => new Set(c.scores).size < c.scores.length), 'a tie is among them')
  for (const c of cases) {
    const m = parseModel(fromHex(c.model))
    assert.deepEqual(c.rows.map((r) => score(m, new Int8Array(fromHex(r)))), c.scores)
    const order = rerank(m, c.posts.map((id, i) => ({ id, features: c.rows[i] })))
    assert.deepEqual(order, c.order.map((i) => ({ id: c.posts[i], score: c.scores[i] })))
  }
})

test('a model is read in its one spelling', () => {
  for (const { model } of cases) {
    const b = fromHex(model)
    for (const lie of [b.slice(0, -1), new Uint8Array([...b, 0]), b.with(0, 65), b.with(19, b[19] ^ 1), b.slice(0, 30), new Uint8Array()]) {
      assert.throws(() => parseModel(lie))
    }
  }
  const { reveal } = read('reveal.json')
  assert.deepEqual(parseReveal(fromHex(reveal)).hidden, [2])
  assert.throws(() => parseReveal(fromHex(reveal).slice(1)))
  assert.throws(() => score(parseModel(fromHex(cases[1].model)), [1, 2]))
})

test('positions are compared as numbers', () => {
  assert.equal(comparePositions('9-0-0', '10-0-0'), -1)
  assert.equal(comparePositions('9-1-0', '9-0-7'), 1)
  assert.equal(comparePositions('9-1-7', '9-1-7'), 0)
  assert.equal(comparePositions('18446744073709551615-0-0', '18446744073709551614-9-9'), 1)
})
