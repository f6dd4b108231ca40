// A registered model: what a verifier may use of it, and the link between its
// commitment and the value that its registration proves.
import { sha256 } from '@noble/hashes/sha2.js'
import { R, powers, readScalar, writeNumber } from './field'
import { blindGenerator, generators } from './generators'
import { checkShape, shapeBytes, weightsOf } from './layout'
import type { Shape } from './layout'
import { multiply, pointSize, readPoint, readPoints } from './points'
import type { Point, Term } from './points'
import { Transcript } from './transcript'

/** A model whose registration somebody has checked. */
export interface Registered {
  shape: Shape
  /** The model's commitment, 32 bytes. */
  id: Uint8Array
  /** What the features mean, 32 bytes; the model's commitment binds it. */
  schema: Uint8Array
  /** C_W, a point a row. */
  points: readonly Point[]
  commitment: Uint8Array
  digest: Uint8Array
}

const utf8 = new TextEncoder()
const linkMagic = utf8.encode('candor/link/v1\0\0')

/**
 * Reads a model's weight commitment. It says nothing of the weights: take these bytes
 * from a registration that was checked, never from whoever made the run proof.
 */
export function registered(shape: Shape, id: Uint8Array, commitment: Uint8Array, schema: Uint8Array): Registered {
  checkShape(shape)
  if (id.length !== 32) throw new Error('A model is named by 32 bytes.')
  if (schema.length !== 32) throw new Error('A feature schema is named by 32 bytes.')
  if (commitment.length !== pointSize * weightsOf(shape).rows) {
    throw new Error('The weight commitment has another length than the shape asks for.')
  }
  const own = { inputs: shape.inputs, hidden: [...shape.hidden], shifts: [...shape.shifts] }
  const [idCopy, bytes] = [Uint8Array.from(id), Uint8Array.from(commitment)]
  const hash = sha256.create().update(utf8.encode('candor/registered/v1')).update(Uint8Array.of(own.hidden.length))
  const digest = hash.update(shapeBytes(own)).update(idCopy).update(bytes).digest()
  return { shape: own, id: idCopy, schema: Uint8Array.from(schema), points: readPoints(bytes), commitment: bytes, digest }
}

/** Bytes of a link. */
export const linkSize = (shape: Shape): number => linkMagic.length + 32 * (weightsOf(shape).columns + 4)

/** What a link shows: the polynomial of all entries of C_W has this value at alpha. */
export interface Link {
  alpha: bigint
  value: bigint
}

/** Checks a link; its registration must prove the same value at the same alpha. */
export function checkLink(model: Registered, link: Uint8Array): Link {
  const { columns, rows } = weightsOf(model.shape)
  if (link.length !== linkSize(model.shape)) throw new Error('The link has another length than the shape asks for.')
  if (!linkMagic.every((b, i) => link[i] === b)) throw new Error('These bytes are no link of version 1.')
  let at = linkMagic.length
  const next = () => {
    at += 32
    return at - 32
  }
  const value = readScalar(link, next())
  const sigmaAt = next()
  const sigma = readPoint(link, sigmaAt)
  const masked = readScalar(link, next())
  const z = Array.from({ length: columns }, () => readScalar(link, next()))
  const blind = readScalar(link, next())

  const transcript = new Transcript()
  transcript.absorb('link', model.id)
  transcript.absorb('shape', shapeBytes(model.shape))
  transcript.absorb('weights', model.commitment)
  const alpha = transcript.challenge('alpha')
  transcript.absorb('value', writeNumber(value))
  transcript.absorb('sigma', link.slice(sigmaAt, sigmaAt + pointSize))
  transcript.absorb('masked', writeNumber(masked))
  const e = transcript.challenge('e')

  const ladder = powers(alpha, columns + 1)
  const evaluated = z.reduce((sum, v, k) => (sum + v * ladder[k]) % R, 0n)
  if (evaluated !== (masked + e * value) % R) throw new Error('The link’s answers do not have the value that it claims.')
  const gs = generators(columns)
  const rowPowers = powers(ladder[columns], rows)
  const terms: Term[] = z.map((times, k) => ({ point: gs[k], times }))
  terms.push({ point: blindGenerator(), times: blind }, { point: sigma, times: -1n })
  model.points.forEach((point, j) => terms.push({ point, times: -e * rowPowers[j] }))
  if (multiply(terms) !== null) throw new Error('The link does not open the weight commitment.')
  return { alpha, value }
}
