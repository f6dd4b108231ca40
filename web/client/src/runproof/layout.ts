// What kind, shape and number of posts decide: sizes, tables, places in a proof.

/** Widths and shifts of a model: one or two hidden layers, and one output. */
export interface Shape {
  inputs: number
  hidden: readonly number[]
  shifts: readonly number[]
}

/** What a proof says of the scores. */
export type Kind = 'order' | 'verdict'

/** Posts that a run may have at most. */
export const maxPosts = 16384

/** A hidden layer, the first with one input a feature. */
export interface Layer {
  width: number
  /** log₂ of the padded width. */
  bits: number
  shift: number
  /** Values of z >> shift, from least to largest. */
  least: number
  largest: number
}

/** What a weight commitment looks like. */
export interface Weights {
  /** Entries of a row. */
  columns: number
  /** For each layer, the first of its rows of weights; the row of biases follows them. */
  first: readonly number[]
  output: number
  tail: number
  rows: number
}

/** What a proof looks like. */
export interface Layout {
  kind: Kind
  shape: Shape
  posts: number
  /** log₂ of the padded number of posts. */
  postBits: number
  layers: readonly Layer[]
  weights: Weights
  /** Bound of the absolute value of a score. */
  bound: number
  /** Entries of the lookup tables: bytes, then remainders and pairs of each layer. */
  tables: readonly number[]
  tableBits: number
  /** log₂ of the entries of a row, m. */
  rowBits: number
  /** First rows of E and A of each layer, of digits and of counts. */
  excess: readonly number[]
  activation: readonly number[]
  digits: number
  counts: number
  /** Rows of the run. */
  rows: number
  /** Depth of each tree, the layers' then the digits'. */
  depths: readonly number[]
  /** Openings of step 20. */
  openings: number
  /** Scalars of all messages. */
  messages: number
  proofBytes: number
}

/** ⌈log₂ n⌉. */
export const logUp = (n: number): number => (n <= 1 ? 0 : 32 - Math.clz32(n - 1))

const whole = (v: number, low: number, high: number): boolean => Number.isInteger(v) && v >= low && v <= high

/** Refuses a shape outside the limits. */
export function checkShape(shape: Shape): void {
  const { inputs, hidden, shifts } = shape
  if (!whole(inputs, 1, 512)) throw new Error('A model takes 1 to 512 features.')
  if (!whole(hidden.length, 1, 2)) throw new Error('A model has one or two hidden layers.')
  if (shifts.length !== hidden.length) throw new Error('A model has one shift for each hidden layer.')
  if (!hidden.every((h) => whole(h, 1, 256))) throw new Error('A hidden layer has 1 to 256 units.')
  if (!shifts.every((k) => whole(k, 4, 12))) throw new Error('A shift is 4 to 12 bits.')
  if (layersOf(shape).some((l) => l.largest - l.least + 1 > 1 << 16)) {
    throw new Error('A layer has more than 65,536 values behind its shift; take a larger shift.')
  }
}

/** The hidden layers of a shape. */
export function layersOf(shape: Shape): Layer[] {
  return shape.hidden.map((width, l) => {
    const bound = (l === 0 ? 128 * 128 * shape.inputs : 128 * 127 * shape.hidden[l - 1]) + 2 ** 15
    const shift = shape.shifts[l]
    return { width, bits: logUp(width), shift, least: -bound >> shift, largest: bound >> shift }
  })
}

/** The rows of a weight commitment. */
export function weightsOf(shape: Shape): Weights {
  const first: number[] = []
  let at = 0
  for (const h of shape.hidden) {
    first.push(at)
    at += h + 1
  }
  return { columns: 1 << logUp(Math.max(shape.inputs, ...shape.hidden, 4)), first, output: at, tail: at + 1, rows: at + 2 }
}

/** The bytes of a shape in transcripts and digests. */
export function shapeBytes(shape: Shape): Uint8Array {
  const numbers = [shape.inputs, ...shape.hidden, 1, ...shape.shifts, 127]
  const view = new DataView(new ArrayBuffer(4 * numbers.length))
  numbers.forEach((v, i) => view.setUint32(4 * i, v))
  return new Uint8Array(view.buffer)
}

/** The layout of a proof; refuses what is outside the limits. */
export function layoutOf(kind: Kind, shape: Shape, posts: number): Layout {
  checkShape(shape)
  if (posts === 0) throw new Error('A run of no post has no proof.')
  if (!whole(posts, 1, maxPosts)) throw new Error('A run has at most 16,384 posts.')
  const layers = layersOf(shape)
  const weights = weightsOf(shape)
  const postBits = Math.max(2, logUp(posts))
  const cells = layers.reduce((sum, l) => sum + 2 ** (postBits + l.bits), 0)
  if (cells > 2 ** 21) throw new Error('The run has too many posts for a model of this width.')

  const tables = [256, ...layers.flatMap((l) => [1 << l.shift, l.largest - l.least + 1])]
  const tableBits = logUp(tables.reduce((a, b) => a + b))
  const entries = 2 ** (postBits + 2) + 2 ** tableBits + 2 * cells
  let rowBits = Math.max(6, logUp(weights.columns))
  while (rowBits < 10 && 2 ** (2 * rowBits) < entries) rowBits++

  let rows = 0
  const take = (bits: number): number => {
    const at = rows
    rows += 1 << Math.max(0, bits - rowBits)
    return at
  }
  const excess: number[] = []
  const activation: number[] = []
  for (const l of layers) {
    excess.push(take(postBits + l.bits))
    activation.push(take(postBits + l.bits))
  }
  const digits = take(postBits + 2)
  const counts = take(tableBits)

  const depths = [...layers.map((l) => postBits + l.bits + 1), postBits + 2]
  const top = kind === 'order' ? 1 : 0
  const openings = 2 * layers.length + 1 + top + 3 + (layers.length === 2 ? 2 : 0) + 2
  const messages = messagesOf(postBits, layers, tableBits, rowBits, depths, top, openings)
  return {
    kind, shape, posts, postBits, layers, weights, bound: 128 * 127 * layers[layers.length - 1].width + 2 ** 15,
    tables, tableBits, rowBits, excess, activation, digits, counts, rows, depths, openings, messages,
    proofBytes: 16 + 32 * (rows + 1 + messages + 4 + 1 + messages + 2 ** rowBits + 3),
  }
}

function messagesOf(
  postBits: number, layers: readonly Layer[], tableBits: number, rowBits: number,
  depths: readonly number[], top: number, openings: number,
): number {
  let n = 3 * depths.length + 2 * tableBits + 1
  for (let level = 0; level < Math.max(...depths); level++) {
    n += 2 * level
    for (const depth of depths) if (depth > level) n += depth === level + 1 ? 2 : 4
  }
  n += 2 * layers.length + 4 + top
  n += 2 * postBits + 2 + 2 * layers[layers.length - 1].bits + 2
  if (layers.length === 2) n += 1 + 2 * layers[0].bits + 2
  return n + 2 * rowBits + openings
}
