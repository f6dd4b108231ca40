// What a run proof is about, as a verifier knows it from the run and the chain.
import { sha256 } from '@noble/hashes/sha2.js'
import { maxPosts, shapeBytes } from './layout'
import type { Kind } from './layout'
import type { Registered } from './registered'
import type { Transcript } from './transcript'
import { domain, prefix } from './generators'

/** What is proved of which posts. */
export interface Statement {
  kind: Kind
  /** The run's 544 canonical bytes. */
  run: Uint8Array
  /** Positions of the posts in the run's order, 16 bytes each. */
  posts: Uint8Array
  /** Features of the posts, a signed byte each, post by post. */
  rows: Uint8Array
  /** For verdicts: what a score must be above. Zero for order. */
  threshold: number
  /** For verdicts: whether each post's score is above it. Empty for order. */
  above: readonly boolean[]
}

const utf8 = new TextEncoder()
const runMagic = utf8.encode('candor/run/v2\0\0\0')
const runSize = 544
const schemaAt = 256
const modelAt = 288
const shapeAt = 320
const positionSize = 16

/** Checks a statement and counts its posts. */
export function checkStatement(s: Statement, model: Registered): number {
  if (s.kind !== 'order' && s.kind !== 'verdict') throw new Error('A run proof shows an order or verdicts.')
  if (s.run.length !== runSize || !startsWith(s.run, runMagic)) throw new Error('The run’s bytes are none of version 2.')
  if (s.posts.length % positionSize !== 0) throw new Error('The bytes end inside a position.')
  const count = s.posts.length / positionSize
  if (count === 0) throw new Error('A run of no post has no proof.')
  if (count > maxPosts) throw new Error('A run has at most 16,384 posts.')
  if (s.rows.length !== count * model.shape.inputs) throw new Error('The features are not one row of the model’s width for each post.')
  if (s.kind === 'order') {
    if (s.threshold !== 0 || s.above.length !== 0) throw new Error('An order has neither threshold nor bits.')
    if (!equal(s.run.subarray(schemaAt, schemaAt + 32), model.schema)) throw new Error('The run names another feature schema.')
    if (!equal(s.run.subarray(modelAt, modelAt + 32), model.id)) throw new Error('The run names another model.')
    const shape = sha256.create().update(utf8.encode('candor/shape/v1')).update(shapeBytes(model.shape)).digest()
    if (!equal(s.run.subarray(shapeAt, shapeAt + 32), shape)) throw new Error('The run names another shape.')
  } else {
    if ((s.threshold | 0) !== s.threshold) throw new Error('The threshold is not a whole number of 32 bits.')
    if (s.above.length !== count) throw new Error('There is not one verdict for each post.')
  }
  if (new Set(Array.from({ length: count }, (_, i) => positionOf(s, i))).size !== count) {
    throw new Error('Two posts have the same position.')
  }
  return count
}

const positionOf = (s: Statement, i: number): string =>
  String.fromCharCode(...s.posts.subarray(positionSize * i, positionSize * (i + 1)))

/** One bit a post: for order whether it is older than the next, else its verdict. */
export function bitsOf(s: Statement): Uint8Array {
  if (s.kind === 'verdict') return Uint8Array.from(s.above, (v) => (v ? 1 : 0))
  const count = s.posts.length / positionSize
  return Uint8Array.from({ length: count }, (_, i) => (i + 1 < count && positionOf(s, i) < positionOf(s, i + 1) ? 1 : 0))
}

/** Puts the statement into a fresh transcript. */
export function absorbStatement(t: Transcript, s: Statement, model: Registered, bits: Uint8Array): void {
  t.absorb('kind', Uint8Array.of(s.kind === 'order' ? 1 : 2))
  t.absorb('generators', utf8.encode(domain + prefix))
  t.absorb('shape', shapeBytes(model.shape))
  t.absorb('model', model.id)
  t.absorb('registered', model.digest)
  t.absorb('run', s.run)
  const threshold = new DataView(new ArrayBuffer(4))
  threshold.setInt32(0, s.threshold)
  t.absorb('threshold', new Uint8Array(threshold.buffer))
  t.absorb('posts', s.posts)
  t.absorb('bits', bits)
  t.absorb('rows', s.rows)
}

const startsWith = (a: Uint8Array, b: Uint8Array): boolean => b.every((v, i) => a[i] === v)
const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && startsWith(a, b)
