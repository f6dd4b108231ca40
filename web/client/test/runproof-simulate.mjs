// Proofs that show nothing: the simulator of docs/run-proof.md, with a challenge e that
// is chosen beforehand. They hold under that e and no other, for every layout, so that
// tests and timings reach sizes that have no golden proof.
import { createHash, randomBytes } from 'node:crypto'

/** Makes a statement, a model and a proof of them; `hold` says whether they hold under e. */
export function simulate({ field, generators, layout, points, proof, registered, relations, replay, statement, judge }, kind, shape, posts) {
  const { R, mod, writeNumber } = field
  const random = () => mod(BigInt('0x' + randomBytes(48).toString('hex')), R)
  const com = (values, blind) => {
    const gs = generators.generators(values.length)
    return points.multiply([...values.map((times, i) => ({ point: gs[i], times })), { point: generators.blindGenerator(), times: blind }])
  }
  const less = (a, b, times) => points.multiply([{ point: a, times: 1n }, { point: b, times: -times }])
  const hidden = () => points.writePoint(com([], random()))

  const weights = layout.weightsOf(shape)
  const [id, schema] = [randomBytes(32), randomBytes(32)]
  const model = registered.registered(shape, Uint8Array.from(id), bytes(Array.from({ length: weights.rows }, hidden)), Uint8Array.from(schema))
  const run = Buffer.alloc(544)
  run.write('candor/run/v2')
  schema.copy(run, 256)
  id.copy(run, 288)
  createHash('sha256').update('candor/shape/v1').update(layout.shapeBytes(shape)).digest().copy(run, 320)
  const positions = Buffer.alloc(16 * posts)
  for (let i = 0; i < posts; i++) positions.writeUInt32BE(1 + ((i * 7919) % 16411), 16 * i + 8)
  const s = {
    kind, run: Uint8Array.from(run), posts: Uint8Array.from(positions), rows: Uint8Array.from(randomBytes(posts * shape.inputs)),
    threshold: kind === 'order' ? 0 : -77, above: kind === 'order' ? [] : Array.from(randomBytes(posts), (b) => b > 99),
  }
  const l = layout.layoutOf(kind, shape, statement.checkStatement(s, model))
  const many = (n) => Array.from({ length: n }, random)
  const [messages, z, columns, blinds, e] = [many(l.messages), many(l.messages), many(1 << l.rowBits), many(3), random()]
  const rows = Array.from({ length: l.rows }, hidden)
  const [pad, u1] = [com([], random()), com([], random())]

  // Everything up to e comes from the transcript, whatever stands in the parts after it.
  const draft = write(writeNumber, points, rows, pad, messages, [pad, pad, pad, u1], 0n, z, columns, blinds)
  const bits = statement.bitsOf(s)
  const parts = proof.readProof(draft, l)
  const c = { ...replay.replay(s, bits, model, l, parts), e }
  const found = relations.relations(s, bits, l, c, judge.maskedMessages(parts, e), columns)
  const folded = points.multiply([
    ...parts.rows.map((point, i) => ({ point, times: found.fold.runRows[i] })),
    ...model.points.map((point, i) => ({ point, times: found.fold.weightRows[i] })),
  ])
  const sigma = [less(com(z, blinds[0]), pad, e), less(com(columns, blinds[1]), folded, e), less(com([found.quadratic], blinds[2]), u1, e), u1]
  const made = write(writeNumber, points, rows, pad, messages, sigma, found.linear, z, columns, blinds)
  const hold = (proofToo = made, drawn = e) => {
    const read = proof.readProof(proofToo, l)
    judge.judge(s, bits, model, l, read, { ...replay.replay(s, bits, model, l, read), e: drawn })
  }
  return { statement: s, model, proof: made, layout: l, e, atColumns: found.fold.atColumns, hold }
}

/** Makes random weights, their commitment and the link of both; a lie is added to the value. */
export function proveLink({ field, generators, layout, points, transcript }, shape, lie = 0n) {
  const { R, mod, powers, writeNumber } = field
  const random = () => mod(BigInt('0x' + randomBytes(48).toString('hex')), R)
  const { columns, rows } = layout.weightsOf(shape)
  const com = (values, blind) => {
    const gs = generators.generators(values.length)
    return points.writePoint(points.multiply([
      ...values.map((times, i) => ({ point: gs[i], times })), { point: generators.blindGenerator(), times: blind },
    ]))
  }
  const many = () => Array.from({ length: columns }, random)
  const entries = Array.from({ length: rows }, many)
  const blinds = entries.map(random)
  const commitment = bytes(entries.map((row, j) => com(row, blinds[j])))
  const id = Uint8Array.from(randomBytes(32))

  const t = new transcript.Transcript()
  t.absorb('link', id)
  t.absorb('shape', layout.shapeBytes(shape))
  t.absorb('weights', commitment)
  const alpha = t.challenge('alpha')
  const ladder = powers(alpha, columns * rows)
  const value = mod(entries.flat().reduce((sum, v, i) => sum + v * ladder[i], lie), R)
  const [d, s] = [many(), random()]
  const [sigma, masked] = [com(d, s), mod(d.reduce((sum, v, k) => sum + v * ladder[k], 0n), R)]
  t.absorb('value', writeNumber(value))
  t.absorb('sigma', sigma)
  t.absorb('masked', writeNumber(masked))
  const e = t.challenge('e')
  const fold = (of) => mod(of.reduce((sum, v, j) => sum + v * ladder[j * columns], 0n), R)
  const z = d.map((v, k) => mod(v + e * fold(entries.map((row) => row[k])), R))
  const blind = mod(s + e * fold(blinds), R)
  const link = bytes([Buffer.from('candor/link/v1\0\0'), ...[value].map(writeNumber), sigma, ...[masked, ...z, blind].map(writeNumber)])
  return { id, commitment, link, value }
}

const bytes = (pieces) => Uint8Array.from(Buffer.concat(pieces))

function write(number, { writePoint }, rows, pad, messages, sigma, linear, z, columns, blinds) {
  return bytes([
    Buffer.from('candor/csp/v1\0\0\0'), ...rows, writePoint(pad), ...messages.map(number), ...sigma.map(writePoint),
    number(linear), ...z.map(number), ...columns.map(number), ...blinds.map(number),
  ])
}
