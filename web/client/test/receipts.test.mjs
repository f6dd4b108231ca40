// Which receipts are kept, looked for and let go; and how versions stand to their dates.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { due, exported, isPromise, superfluous } = await load('lib/receipts.ts')
const { overdue, standingOf } = await load('lib/standing.ts')
const { ether, percent, until } = await load('lib/format.ts')

const receipt = (run, more = {}) => ({ run, opening: '0x', ranker: 'a', version: 1, anonymous: true, kept: Number(run), state: 'promised', receipt: { time: 100, mergeDelay: 60 }, ...more })

test('what is kept too long goes, broken promises last', () => {
  const all = [receipt('1', { state: 'missing' }), receipt('2'), receipt('3', { state: 'logged' }), receipt('4', { state: 'logged' }), receipt('5')]
  assert.deepEqual(superfluous(all, 5), [])
  assert.deepEqual(superfluous(all, 2).map((r) => r.run), ['3', '4', '2'])
  assert.deepEqual(superfluous(all, 0).at(-1).run, '1')
})

test('a sample is drawn of what is due, and not at once again', () => {
  const all = [receipt('1'), receipt('2', { state: 'logged' }), receipt('3', { checked: 195 }), receipt('4', { receipt: { time: 199, mergeDelay: 60 } }), receipt('5')]
  assert.deepEqual(due(all, 200, 9).map((r) => r.run).sort(), ['1', '5'])
  const drawn = new Set(Array.from({ length: 50 }, () => due(all, 200, 1)[0].run))
  assert.deepEqual([...drawn].sort(), ['1', '5'], 'nobody knows which')
})

test('an export holds every promise, and nothing of what was read', () => {
  const lines = exported([receipt('1', { ticket: { seq: 3 } }), { run: 'ticket:0x', ticket: { seq: 4 }, kept: 9, opening: '', ranker: 'a' }]).trimEnd().split('\n')
  assert.deepEqual(lines.map((l) => JSON.parse(l)), [
    { version: 'candor/kept/v1', kept: 1, opening: '0x', receipt: { time: 100, mergeDelay: 60 }, ticket: { seq: 3 } },
    { version: 'candor/kept/v1', kept: 9, ticket: { seq: 4 } },
  ])
})

test('what can be no promise is not kept', () => {
  const sound = { node: '0x', lane: 0, seq: 1, time: 5, delay: 60 }
  assert.ok(isPromise({ ticket: sound }))
  for (const change of [{ node: undefined }, { seq: '1' }, { seq: -1 }, { lane: 1.5 }, { delay: null, time: NaN }]) assert.ok(!isPromise({ ticket: { ...sound, ...change } }), JSON.stringify(change))
})

test('overdue and broken are red, and nothing else', () => {
  const v = (state, onChain, revealBy = 100, says) => ({ state, onChain, revealBy, says })
  const rows = [
    [v('locked', 'due'), 99, 'wait', false], [v('locked', 'due'), 101, 'bad', true], [v('due', 'due'), 101, 'bad', true], [v('broken', 'due'), 50, 'bad', false],
    [v('broken', 'due'), 150, 'bad', true], [v('locked', 'none'), 101, 'bad', true], [v('open', 'none', 0), 500, 'quiet', false], [v('public', 'checked'), 500, 'done', false],
    [v('public', 'due'), 103, 'done', true], [v('public', 'due'), 500, 'bad', true],
  ]
  for (const [version, now, tone, late] of rows) {
    assert.deepEqual([standingOf(version, now, 5).tone, overdue(version, now)], [tone, late], JSON.stringify([version, now]))
  }
})

test('times, bonds and shares read well', () => {
  assert.deepEqual([0, 1, 59, 61, 3_600, 90_061, 172_800].map(until), ['0 s', '1 s', '59 s', '1 min 1 s', '1 h 0 min', '1 day 1 h', '2 days 0 h'])
  assert.deepEqual(['0', '1', '1500000000000000000', '2000000000000000000'].map(ether), ['0 ether', '0.000000000000000001 ether', '1.5 ether', '2 ether'])
  assert.deepEqual([percent(0, 0), percent(0, 9), percent(1, 3), percent(9999, 10000), percent(10000, 10000), percent(1, 100000)], ['–', '0 %', '33.3 %', '99.9 %', '100 %', '<0.1 %'])
})
