// Ranks a run's posts again with its revealed model: whole numbers only, as the node's
// reference evaluator computes them.
import { fromHex } from './bytes'

/** A model's layers: the hidden ones, then the output layer of one unit. */
export interface Model {
  inputs: number
  hidden: number[]
  shifts: number[]
  layers: { weights: Int8Array; bias: Int16Array }[]
}

const revealMagic = 'candor/reveal/v1\0\0\0\0\0\0\0\0'
const modelMagic = 'candor/model/v1\0'
const clamp = 127

/** Reads a reveal document: feature schema, salt, model. */
export function parseReveal(b: Uint8Array): Model {
  const magic = new TextDecoder('latin1').decode(b.subarray(0, revealMagic.length))
  if (magic !== revealMagic || b.length < revealMagic.length + 64) throw new Error('These bytes are no reveal document.')
  return parseModel(b.subarray(revealMagic.length + 64))
}

/** Reads a model's canonical bytes and nothing else. */
export function parseModel(b: Uint8Array): Model {
  const bad = new Error('These bytes are no model.')
  const view = new DataView(b.buffer, b.byteOffset, b.byteLength)
  let at = modelMagic.length
  if (b.length < at + 28 || new TextDecoder('latin1').decode(b.subarray(0, at)) !== modelMagic) throw bad
  const number = () => view.getUint32((at += 4) - 4)
  const [inputs, first, second] = [number(), number(), number()]
  // The fourth number is the single output where there are two hidden layers, else a shift.
  const two = view.getUint32(at) === 1
  const hidden = two ? [first, second] : [first]
  if (two) number()
  const shifts = hidden.map(number)
  if ((!two && second !== 1) || number() !== clamp || inputs < 1 || inputs > 512) throw bad
  if (hidden.some((h) => h < 1 || h > 256) || shifts.some((s) => s < 4 || s > 12)) throw bad
  const widths = [inputs, ...hidden]
  const units = [...hidden, 1]
  if (b.length !== at + units.reduce((n, u, l) => n + u * (widths[l]! + 2), 0)) throw bad
  const layers = units.map((u, l) => {
    const weights = Int8Array.from({ length: u * widths[l]! }, () => b[at++]! - 128)
    const bias = Int16Array.from({ length: u }, () => view.getUint16((at += 2) - 2) - 32768)
    return { weights, bias }
  })
  return { inputs, hidden, shifts, layers }
}

/** The score of one row. All sums stay within ±2^24, so that they are exact. */
export function score(m: Model, row: ArrayLike<number>): number {
  if (row.length !== m.inputs) throw new Error(`The model reads ${m.inputs} features, and a row of the run has ${row.length}.`)
  let values = row
  m.layers.forEach(({ weights, bias }, l) => {
    const from = values
    const sums = Array.from(bias, (z, j) => {
      for (let k = 0; k < from.length; k++) z += weights[j * from.length + k]! * from[k]!
      return z
    })
    const shift = m.shifts[l]
    values = shift === undefined ? sums : sums.map((z) => Math.max(0, Math.min(z >> shift, clamp)))
  })
  return values[0]!
}

/** A post of a ranked run: its position, and its row as the bundle spells it. */
export interface Row {
  id: string
  features: string
}

/** The run's posts as the model orders them: larger scores first, of two equal ones the newer post. */
export function rerank(m: Model, rows: Row[]): { id: string; score: number }[] {
  return rows
    .map(({ id, features }) => ({ id, score: score(m, new Int8Array(fromHex(features))) }))
    .sort((a, b) => b.score - a.score || comparePositions(b.id, a.id))
}

/** -1, 0 or 1 as one position is before, at or after the other. */
export function comparePositions(a: string, b: string): number {
  const [x, y] = [a, b].map((p) => p.split('-').map(BigInt))
  for (let i = 0; i < 3; i++) if (x![i]! !== y![i]!) return x![i]! < y![i]! ? -1 : 1
  return 0
}
