// What is said of towers.
import assert from 'node:assert/strict'
import test from 'node:test'
import { load } from './load.mjs'

const { assurances, numbers, pluginOf, secretOf, upOf, versionOf } = await load('lib/towers.ts')
const tower = (...states) => ({ revealBy: 2_000_000_000, workers: states.map((state, i) => ({ operator: `o${i}`, state, workers: [] })) })

test('who of a tower’s operators answers', () => {
  assert.match(upOf(tower()), /^no worker has come yet, so that no vectors are made$/)
  assert.match(upOf(tower('silent', 'cut-off')), /^none of 2 operators answers, so that no vectors are made$/)
  assert.equal(upOf(tower('ready')), '1 operator, which answers')
  assert.equal(upOf(tower('ready', 'ready')), '2 operators, all of which answer')
  assert.equal(upOf(tower('ready', 'resting')), '1 of 2 operators answers')
})

test('until when it is secret, and what is never said of it', () => {
  assert.match(secretOf(tower(), 1_900_000_000), /^secret until /)
  assert.match(secretOf(tower(), 2_000_000_000), /^its date was /)
  assert.equal(secretOf({ ...tower(), revealBy: 0 }, 1), 'nothing of it is secret')
  for (const says of Object.values(assurances)) assert.doesNotMatch(says, /proven/)
})

test('its names', () => {
  assert.equal(pluginOf('0xab/3'), '0xab')
  assert.equal(versionOf('0xab/3'), '3')
  assert.equal(numbers('256x32'), 32)
})
