// The second verifier of run proofs. The golden proofs, their challenges and the layouts
// were made by the node's code, which this verifier shares no line with.
// CANDOR_RUNPROOF_CASES raises how many changed proofs of each golden one are tried.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bn254 } from '@noble/curves/bn254.js'
import { loadRunProof } from './runproof-load.mjs'
import { drawRun, drawWeights, prove } from './runproof-prove.mjs'
import { proveLink, simulate } from './runproof-simulate.mjs'

const parts = await loadRunProof()
const { field, generators, layout, points, registered: registration, verify: v } = parts
const { P, R } = field
const testdata = (name) => JSON.parse(readFileSync(new URL(`../../../zkcommit/sumcheck/testdata/${name}.json`, import.meta.url), 'utf8'))
const golden = testdata('golden')
const tries = Number(process.env.CANDOR_RUNPROOF_CASES ?? 48)

const fromHex = (s) => Uint8Array.from(Buffer.from(s.slice(2), 'hex'))
const toHex = (b) => '0x' + Buffer.from(b).toString('hex')
const shapeOf = ({ Inputs, Hidden, Shift }) => {
  const n = Hidden[1] === 0 ? 1 : 2
  return { inputs: Inputs, hidden: Hidden.slice(0, n), shifts: Shift.slice(0, n) }
}
const noSchema = new Uint8Array(32)
const cases = golden.cases.map((c) => ({
  name: c.name,
  golden: c,
  model: v.registered(shapeOf(c.shape), fromHex(c.model), fromHex(c.weights), fromHex(c.run).slice(256, 288)),
  statement: {
    kind: c.kind === 1 ? 'order' : 'verdict', run: fromHex(c.run), posts: fromHex(c.posts), rows: fromHex(c.rows),
    threshold: c.threshold, above: c.above ?? [],
  },
  proof: fromHex(c.proof),
}))

// The same changes every time, and others for every proof.
let drawn = 0
const draw = (n) => createHash('sha256').update(`runproof ${drawn++}`).digest().readUIntBE(0, 6) % n

const changed = (b, change) => {
  const copy = b.slice()
  change(copy)
  return copy
}
const number = (b, at) => BigInt(toHex(b.subarray(at, at + 32)))
const put = (b, at, value) => b.set(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'), at)
const refused = (c, change, why = Error, message) =>
  assert.throws(() => v.verify(change.statement ?? c.statement, change.model ?? c.model, change.proof ?? c.proof), why, message)

test('layouts are the node’s', () => {
  const all = testdata('layouts')
  for (const l of all) {
    const got = layout.layoutOf(l.kind === 1 ? 'order' : 'verdict', shapeOf(l.shape), l.posts)
    assert.deepEqual({
      rowEntries: 1 << got.rowBits, rows: got.rows, weightRows: got.weights.rows, tableBits: got.tableBits, tables: got.tables,
      depth: got.depths, openings: got.openings, messages: got.messages, proofBytes: got.proofBytes,
    }, {
      rowEntries: l.rowEntries, rows: l.rows, weightRows: l.weightRows, tableBits: l.tableBits, tables: l.tables,
      depth: l.depth, openings: l.openings, messages: l.messages, proofBytes: l.proofBytes,
    }, JSON.stringify(l))
  }
  assert.ok(all.length > 50)
})

test('shapes and runs outside the limits are refused', () => {
  const good = { inputs: 6, hidden: [4], shifts: [8] }
  const at = (change, posts = 5) => () => layout.layoutOf('order', { ...good, ...change }, posts)
  at({})()
  at({ inputs: 512, shifts: [9] })()
  at({ hidden: [256] }, 4096)()
  at({ hidden: [128] }, 16384)()
  for (const bad of [
    at({ inputs: 0 }), at({ inputs: 513, shifts: [9] }), at({ inputs: 1.5 }), at({ inputs: NaN }), at({ hidden: [] }), at({ hidden: [0] }),
    at({ hidden: [257] }), at({ hidden: [4, 4, 4], shifts: [8, 8, 8] }), at({ hidden: [4, 4] }), at({ shifts: [3] }), at({ shifts: [13] }),
    at({ shifts: [8, 8] }), at({ shifts: [] }), at({}, 0), at({}, 16385), at({}, -1), at({}, 2.5), at({}, NaN),
    at({ inputs: 512, shifts: [8] }), at({ inputs: 512, shifts: [4] }), at({ hidden: [256] }, 16384), at({ hidden: [129, 1], shifts: [8, 8] }, 16384),
  ]) {
    assert.throws(bad, Error, bad.toString())
  }
})

test('generators are the node’s', () => {
  const made = [...generators.generators(4).slice(0, 4), generators.blindGenerator()]
  assert.deepEqual(made.map((p) => toHex(points.writePoint(p))), golden.generators)
  assert.equal(generators.domain + generators.prefix, 'CANDOR-SUMCHECK-V1-BN254G1_XMD:SHA-256_SVDW_RO_candor/sumcheck/v1/generator/')
})

test('sums of multiples are those of another library', () => {
  const { Point } = bn254.G1
  const gs = generators.generators(40)
  const special = [0n, 1n, -1n, 2n, R, R - 1n, R + 1n, -R, (1n << 254n) - 1n, (R - 1n) / 2n, 127n, 128n, 129n, 0xff80n]
  for (let round = 0; round < 12; round++) {
    const terms = Array.from({ length: 1 + draw(60) }, () => ({
      point: gs[draw(round < 4 ? 2 : 40)],
      times: draw(3) === 0 ? special[draw(special.length)] : BigInt(toHex(createHash('sha256').update(`scalar ${draw(1e9)}`).digest())),
    }))
    let sum = Point.ZERO
    for (const { point, times } of terms) {
      const k = field.mod(times, R)
      if (k !== 0n) sum = sum.add(Point.fromAffine(point).multiply(k))
    }
    const got = points.multiply(terms)
    assert.deepEqual(got, sum.is0() ? null : { x: sum.toAffine().x, y: sum.toAffine().y })
    // The sum less itself is neutral.
    if (got) assert.equal(points.multiply([...terms, { point: got, times: -1n }]), null)
  }
  assert.equal(points.multiply([]), null)
})

for (const c of cases) {
  test(`${c.name}: the golden proof holds with the node's challenges`, () => {
    assert.equal(toHex(c.model.digest), c.golden.registered)
    const trace = []
    v.verify(c.statement, c.model, c.proof, (label, value) => trace.push([label, value.toString(16).padStart(64, '0')]))
    assert.deepEqual(trace, c.golden.challenges)
  })

  test(`${c.name}: no byte of the proof may change`, () => {
    const l = layout.layoutOf(c.statement.kind, c.model.shape, c.statement.posts.length / 16)
    const regions = { magic: 16, rows: 32 * l.rows, pad: 32, messages: 32 * l.messages, sigma: 128, V: 32, z: 32 * l.messages, columns: 32 << l.rowBits, blinds: 96 }
    let start = 0
    for (const [name, size] of Object.entries(regions)) {
      for (let i = 0; i < Math.ceil(tries / 6); i++) {
        // First and last byte of each region, then some between.
        const at = start + [0, size - 1, draw(size)][Math.min(i, 2)]
        const proof = changed(c.proof, (b) => (b[at] ^= 1 << draw(8)))
        refused(c, { proof }, Error, `byte ${at} in ${name}`)
      }
      start += size
    }
    assert.equal(start, c.proof.length)
  })

  test(`${c.name}: numbers and points have one spelling`, () => {
    const l = layout.layoutOf(c.statement.kind, c.model.shape, c.statement.posts.length / 16)
    const pointsEnd = 16 + 32 * (l.rows + 1)
    const sigma = pointsEnd + 32 * l.messages
    for (let at = 16, tried = 0; at < c.proof.length; at += 32) {
      const isPoint = at < pointsEnd || (at >= sigma && at < sigma + 128)
      const value = number(c.proof, at)
      const x = value % (1n << 254n)
      const forms = isPoint
        ? [[0n, 'spelling'], [1n << 254n, 'spelling'], [x, 'spelling'], [x + (1n << 254n), 'spelling'], [(2n << 254n) + P, 'spelling'],
            [(2n << 254n) + 4n, 'curve'], [x + P < 1n << 254n ? (3n << 254n) + x + P : 0n, 'spelling']]
        : [[value + R, 'modulus'], [value + 2n * R, 'modulus'], [R, 'modulus'], [(1n << 256n) - 1n, 'modulus']]
      for (const [form, why] of forms) {
        if (form >= 1n << 256n) continue
        refused(c, { proof: changed(c.proof, (b) => put(b, at, form)) }, new RegExp(why), `${form.toString(16)} at ${at}`)
      }
      if (tries < 100 && ++tried > 12 && draw(4) > 0) at += 32 * draw(40)
    }
  })

  test(`${c.name}: a proof is neither longer nor shorter, and its points stay in place`, () => {
    for (const proof of [
      new Uint8Array(0), c.proof.slice(0, 16), c.proof.slice(0, -1), c.proof.slice(0, -32), c.proof.slice(1),
      Uint8Array.from([...c.proof, 0]), Uint8Array.from([...c.proof, ...new Uint8Array(32)]),
    ]) {
      refused(c, { proof }, /has \d+ bytes, not/)
    }
    const l = layout.layoutOf(c.statement.kind, c.model.shape, c.statement.posts.length / 16)
    const swap = (a, b) => changed(c.proof, (out) => {
      out.set(c.proof.subarray(b, b + 32), a)
      out.set(c.proof.subarray(a, a + 32), b)
    })
    const sigma = 16 + 32 * (l.rows + 1 + l.messages)
    for (let i = 0; i + 1 < l.rows + 1; i++) refused(c, { proof: swap(16 + 32 * i, 48 + 32 * i) })
    for (let i = 0; i < 3; i++) refused(c, { proof: swap(sigma + 32 * i, sigma + 32 * (i + 1)) })
    // The negative of a point is a point.
    for (const at of [16, 16 + 32 * l.rows, sigma, sigma + 32, sigma + 64, sigma + 96]) {
      refused(c, { proof: changed(c.proof, (b) => (b[at] ^= 0x40)) }, /fit together|open/)
    }
  })

  test(`${c.name}: a proof fits one statement`, () => {
    const s = c.statement
    for (const field of ['run', 'posts', 'rows']) {
      for (let i = 0; i < Math.ceil(tries / 6); i++) {
        const value = changed(s[field], (b) => (b[draw(b.length)] ^= 1 << draw(8)))
        refused(c, { statement: { ...s, [field]: value } }, Error, field)
      }
      for (const value of [s[field].slice(1), Uint8Array.from([...s[field], 0]), new Uint8Array(0)]) {
        refused(c, { statement: { ...s, [field]: value } }, /bytes|features|post|position/, field)
      }
    }
    refused(c, { statement: { ...s, run: changed(s.run, (b) => (b[12] ^= 3)) } }, /version 2/)
    if (s.kind === 'order') {
      refused(c, { statement: { ...s, threshold: 1 } }, /neither/)
      refused(c, { statement: { ...s, above: [true] } }, /neither/)
      refused(c, { statement: { ...s, run: changed(s.run, (b) => (b[288] ^= 1)) } }, /another model/)
      refused(c, { statement: { ...s, run: changed(s.run, (b) => (b[256] ^= 1)) } }, /another feature schema/)
      refused(c, { statement: { ...s, run: changed(s.run, (b) => (b[351] ^= 1)) } }, /another shape/)
      refused(c, { statement: { ...s, kind: 'verdict', above: Array(s.posts.length / 16).fill(true) } })
    } else {
      for (const threshold of [s.threshold + 1, s.threshold - 1, -s.threshold, 0, 2 ** 31 - 1, -(2 ** 31)]) refused(c, { statement: { ...s, threshold } })
      for (const threshold of [s.threshold + 0.5, s.threshold + 2 ** 32, 2 ** 31, NaN, Infinity]) refused(c, { statement: { ...s, threshold } }, /32 bits/)
      s.above.forEach((_, i) => refused(c, { statement: { ...s, above: s.above.map((b, j) => (i === j ? !b : b)) } }))
      for (const above of [s.above.slice(1), [...s.above, true], []]) refused(c, { statement: { ...s, above } }, /one verdict/)
      refused(c, { statement: { ...s, kind: 'order', threshold: 0, above: [] } })
    }
    refused(c, { statement: { ...s, kind: 'both' } }, /order or verdicts/)
    if (s.posts.length > 16) {
      const twice = changed(s.posts, (b) => b.copyWithin(16, 0, 16))
      refused(c, { statement: { ...s, posts: twice } }, /same position/)
      const swapped = Uint8Array.from([...s.posts.slice(16, 32), ...s.posts.slice(0, 16), ...s.posts.slice(32)])
      refused(c, { statement: { ...s, posts: swapped } }, /fit together/)
    }
  })

  test(`${c.name}: a proof fits one model`, () => {
    const { shape, id, commitment, schema } = c.model
    const other = (change) => v.registered(change.shape ?? shape, change.id ?? id, change.commitment ?? commitment, change.schema ?? schema)
    if (c.statement.kind === 'order') refused(c, { model: other({ schema: changed(schema, (b) => (b[31] ^= 1)) }) }, /schema/)
    assert.throws(() => other({ schema: schema.slice(1) }), /32 bytes/)
    refused(c, { model: other({ id: changed(id, (b) => (b[draw(32)] ^= 1)) }) })
    refused(c, { model: other({ commitment: changed(commitment, (b) => (b[0] ^= 0x40)) }) }, /fit together/)
    refused(c, { model: other({ commitment: changed(commitment, (b) => b.copyWithin(0, 32, 64)) }) }, /fit together/)
    refused(c, { model: other({ shape: { ...shape, shifts: shape.shifts.map((k) => k + 1) } }) })
    for (const d of cases) if (d !== c) refused(c, { model: d.model })
    for (const d of cases) if (d !== c) refused(c, { statement: d.statement })
    for (const d of cases) if (d !== c) refused(c, { statement: d.statement, model: d.model })
    assert.throws(() => other({ commitment: commitment.slice(32) }), /length/)
    assert.throws(() => other({ id: id.slice(1) }), /32 bytes/)
    assert.throws(() => other({ commitment: changed(commitment, (b) => (b[0] &= 0x3f)) }), /spelling/)
    // What a caller does to its own bytes afterwards changes nothing.
    const own = Buffer.from(commitment)
    const kept = other({ commitment: own })
    own.fill(0)
    v.verify(c.statement, kept, c.proof)
    assert.deepEqual(kept.commitment, commitment)
  })
}

const simulated = [
  ['order', { inputs: 1, hidden: [1], shifts: [4] }, 1],
  ['verdict', { inputs: 3, hidden: [1, 1], shifts: [4, 12] }, 2],
  ['order', { inputs: 9, hidden: [2, 7], shifts: [6, 5] }, 17],
  ['verdict', { inputs: 64, hidden: [32], shifts: [8] }, 130],
  ['order', { inputs: 40, hidden: [9, 16], shifts: [7, 8] }, 300],
]
for (const [kind, shape, posts] of simulated) {
  test(`the simulator's ${kind} of ${posts} posts holds under its own challenge only`, () => {
    const made = simulate(parts, kind, shape, posts)
    made.hold()
    assert.throws(() => v.verify(made.statement, made.model, made.proof), /fit together/)
    assert.throws(() => made.hold(made.proof, made.e + 1n), /fit together/)
    // Under the same challenge, so that only the equation that a part stands in can tell.
    const l = made.layout
    const sigma = 16 + 32 * (l.rows + 1 + l.messages)
    const answers = sigma + 160
    const columns = answers + 32 * l.messages
    const blinds = columns + (32 << l.rowBits)
    for (let i = 0; i < 4; i++) {
      assert.throws(() => made.hold(changed(made.proof, (b) => (b[sigma + 32 * i] ^= 0x40))), /does not open/, `sigma ${i}`)
    }
    for (let i = 0; i < 3; i++) {
      const at = blinds + 32 * i
      assert.throws(() => made.hold(changed(made.proof, (b) => put(b, at, (number(b, at) + 1n) % R))), /does not open/, `blind ${i}`)
    }
    // Errors of two equations that would cancel under equal coins.
    const [error] = generators.generators(1)
    for (const [i, j] of [[0, 1], [0, 2], [1, 2]]) {
      const cancelled = changed(made.proof, (b) => {
        for (const [part, times] of [[i, 1n], [j, -1n]]) {
          const at = sigma + 32 * part
          b.set(points.writePoint(points.multiply([{ point: points.readPoint(b, at), times: 1n }, { point: error, times }])), at)
        }
      })
      assert.throws(() => made.hold(cancelled), /does not open/, `sigma ${i} and ${j}`)
    }
    // Two answers that change together, so that all relations still fit.
    const at = made.atColumns
    const both = changed(made.proof, (b) => {
      put(b, columns, (number(b, columns) + at[1]) % R)
      put(b, columns + 32, field.mod(number(b, columns + 32) - at[0], R))
    })
    assert.throws(() => made.hold(both), /does not open/)
    for (let i = 0; i < 12; i++) {
      const place = answers + 32 * draw(l.messages + (1 << l.rowBits))
      assert.throws(() => made.hold(changed(made.proof, (b) => put(b, place, (number(b, place) + 1n) % R))), /fit together|does not open/, `answer at ${place}`)
    }
  })
}

const int = (low, high) => low + draw(high - low + 1)
const proved = (kind, shape, posts, lie) => {
  const weights = drawWeights(shape, int)
  return prove(parts, shape, weights, drawRun(kind, shape, weights, posts, int), lie)
}

test('proofs of a prover that was written apart hold', () => {
  for (const [kind, shape, posts] of [
    ['order', { inputs: 1, hidden: [1], shifts: [12] }, 1], ['verdict', { inputs: 3, hidden: [1, 4], shifts: [9, 6] }, 2],
    ['order', { inputs: 5, hidden: [3, 2], shifts: [9, 7] }, 6], ['order', { inputs: 3, hidden: [5], shifts: [9] }, 40],
    ['verdict', { inputs: 2, hidden: [1], shifts: [7] }, 5],
  ]) {
    const made = proved(kind, shape, posts)
    v.verify(made.statement, made.model, made.proof)
  }
})

test('a prover that lies about one thing and is honest about the rest is refused', () => {
  const shape = { inputs: 3, hidden: [2], shifts: [9] }
  const refusedLie = (what, kind, lie, change = (run) => run) => {
    const weights = drawWeights(shape, int)
    const made = prove(parts, shape, weights, change(drawRun(kind, shape, weights, 3, int)), lie)
    assert.throws(() => v.verify(made.statement, made.model, made.proof), /fit together|does not open/, what)
  }
  const { messages } = layout.layoutOf('order', shape, 3)
  const sampled = tries < 100 ? [0, messages - 1, ...Array.from({ length: 6 }, () => draw(messages))] : Array(messages).keys()
  for (const message of sampled) refusedLie(`message ${message}`, 'order', { message })
  const rows = {
    'a quotient one too small, its remainder too large': (k) => {
      const q = k.excess[0][1] + k.activation[0][1] - 1
      k.activation[0][1] = Math.min(Math.max(q, 0), 127)
      k.excess[0][1] = q - k.activation[0][1]
      k.remainder[0][1] += 512
    },
    'an activation that is not the clamp': (k) => {
      k.excess[0][0]--
      k.activation[0][0]++
    },
    'a remainder': (k) => (k.remainder[0][2] ^= 1),
    'a digit of 256': (k) => {
      k.digits[4] += 256
      k.digits[5]--
    },
    'a difference': (k) => (k.digits[0] ^= 1),
    'the top': (k) => (k.digits[3] ^= 1),
    'a difference of padding': (k) => (k.digits[12] ^= 1),
  }
  for (const [what, lie] of Object.entries(rows)) refusedLie(what, 'order', { rows: lie })
  refusedLie('a count', 'order', { counts: (counts) => counts[7]++ })
  // The first post goes last, or a verdict is turned: differences are below zero, their digits are not.
  const turn = (b, n) => Uint8Array.from([...b.slice(n), ...b.slice(0, n)])
  refusedLie('order', 'order', {}, (run) => ({ ...run, posts: turn(run.posts, 16), rows: turn(run.rows, 3) }))
  refusedLie('verdict', 'verdict', {}, (run) => ({ ...run, above: run.above.map((b, i) => (i === 1 ? !b : b)) }))
})

test('a link holds for one commitment, one model and one value', () => {
  const shape = { inputs: 6, hidden: [3, 2], shifts: [8, 7] }
  const { id, commitment, link, value } = proveLink(parts, shape)
  const model = v.registered(shape, id, commitment, noSchema)
  assert.equal(v.checkLink(model, link).value, value)
  assert.equal(link.length, 16 + 32 * (8 + 4))
  const liar = proveLink(parts, shape, 1n)
  assert.throws(() => v.checkLink(v.registered(shape, liar.id, liar.commitment, noSchema), liar.link), /value that it claims/)
  for (let at = 0; at < link.length; at += at < 16 ? 5 : 16) {
    assert.throws(() => v.checkLink(model, changed(link, (b) => (b[at] ^= 1 << draw(8)))), Error, `byte ${at}`)
  }
  for (const at of [16, 80, 112, link.length - 32]) {
    assert.throws(() => v.checkLink(model, changed(link, (b) => put(b, at, number(b, at) + R))), /modulus/)
  }
  for (const bad of [link.slice(0, -1), Uint8Array.from([...link, 0]), new Uint8Array(0)]) assert.throws(() => v.checkLink(model, bad), /length/)
  assert.throws(() => v.checkLink(v.registered(shape, changed(id, (b) => (b[0] ^= 1)), commitment, noSchema), link))
  assert.throws(() => v.checkLink(v.registered({ ...shape, shifts: [8, 8] }, id, commitment, noSchema), link))
  assert.throws(() => v.checkLink(v.registered(shape, id, changed(commitment, (b) => (b[32] ^= 0x40)), noSchema), link))
})

test('a registration holds as it stands, under its key only', () => {
  const vector = JSON.parse(readFileSync(new URL('../../../zkcommit/circuit/verifier/testdata/registration.json', import.meta.url), 'utf8'))
  const whole = fromHex(vector.registration)
  const key = { development: true, bytes: fromHex(vector.key) }
  const model = v.checkRegistration(whole, key)
  assert.deepEqual(model.shape, { inputs: 4, hidden: [4], shifts: [6] })
  assert.equal(parts.registration.modelTag(model.shape, model.schema), BigInt(vector.tag))
  const regions = { magic: 24, shape: 20, schema: 32, id: 32, key: 32, rows: 224, link: 16 + 32 * 8, A: 32, B: 64, C: 32, committed: 32, knowledge: 32 }
  const refusedAs = (what, b, why = Error, under = key) => assert.throws(() => v.checkRegistration(b, under), why, what)
  const starts = {}
  let start = 0
  for (const [name, size] of Object.entries(regions)) {
    starts[name] = start
    for (const at of [start, start + size - 1, start + draw(size)]) refusedAs(`${name} at ${at}`, changed(whole, (b) => (b[at] ^= 1 << draw(8))))
    start += size
  }
  assert.equal(start, whole.length)
  for (const b of [new Uint8Array(0), whole.slice(0, 52), whole.slice(0, -1), Uint8Array.from([...whole, 0])]) refusedAs('length', b)
  refusedAs('id', changed(whole, (b) => put(b, starts.id, number(b, starts.id) + R)), /modulus/)
  refusedAs('the schema', changed(whole, (b) => (b[starts.schema + 31] ^= 1)), /proof does not hold/)
  // The negative of each point, and spellings of the point of G2 that are none.
  for (const part of ['A', 'B', 'C', 'committed', 'knowledge']) refusedAs(part, changed(whole, (b) => (b[starts[part]] ^= 0x40)), /does not hold/)
  const g2 = (change) => changed(whole, (b) => change(b, starts.B))
  refusedAs('real part', g2((b, at) => put(b, at + 32, number(b, at + 32) + P)), /only spelling/)
  refusedAs('flags', g2((b, at) => (b[at] &= 0x3f)), /only spelling/)
  const elsewhere = new Set()
  for (let i = 0; i < 8; i++) {
    try {
      v.checkRegistration(g2((b, at) => put(b, at + 32, BigInt(i))), key)
    } catch (err) {
      elsewhere.add(err.message.replace(/byte \d+/, 'byte'))
    }
  }
  assert.deepEqual([...elsewhere].sort(), ['The point at byte is not in the group G2.', 'The point of G2 at byte is not on the curve.'])
  refusedAs('a key that is no development key', whole, /another key/, { ...key, development: false })
  refusedAs('another key', whole, /another key/, { ...key, bytes: changed(key.bytes, (b) => (b[100] ^= 1)) })
  // A key of which one point is another's holds nothing.
  const { readKey, groth16Holds } = parts.groth16
  const inputs = [number(whole, starts.id), BigInt(vector.tag), BigInt(vector.alpha), BigInt(vector.value)]
  const holds = (bytes, publics = inputs) => groth16Holds(readKey(bytes, 16, 4), publics, whole, starts.A)
  assert.ok(holds(key.bytes))
  for (const at of [16, 48, 112, 176, 240, 272, 304, 336, 368, 400, 432, 496]) assert.equal(holds(changed(key.bytes, (b) => (b[at] ^= 0x40))), false, `key at ${at}`)
  for (let i = 0; i < 4; i++) assert.equal(holds(key.bytes, inputs.map((v, j) => (i === j ? (v + 1n) % R : v))), false, `input ${i}`)
})

test('inverses, tables and signed limbs are exact', () => {
  assert.equal((field.invert(7n, R) * 7n) % R, 1n)
  assert.throws(() => field.invert(R, R), /Zero/)
  assert.throws(() => field.invertAll([1n, 0n, 2n], R), /Zero/)
  const point = [3n, R - 5n, 7n]
  const table = field.eqTable(point)
  for (let x = 0; x < 8; x++) assert.equal(table[x], field.eq(point, [BigInt(x >> 2), BigInt((x >> 1) & 1), BigInt(x & 1)]))
  assert.throws(() => registration.registered({ inputs: 6, hidden: [4], shifts: [8] }, new Uint8Array(32), new Uint8Array(32 * 7), noSchema), /spelling/)
})

test('the command answers each line', () => {
  const c = cases[0]
  const line = (change) => ({
    statement: { kind: c.golden.kind, run: c.golden.run, posts: c.golden.posts, rows: c.golden.rows, threshold: 0, above: null, ...change.statement },
    registered: { shape: c.golden.shape, model: c.golden.model, weights: c.golden.weights, schema: '0x' + c.golden.run.slice(2 + 512, 2 + 576) },
    proof: Buffer.from(change.proof ?? c.proof).toString('base64'),
    ...change.more,
  })
  const linked = proveLink(parts, { inputs: 6, hidden: [4], shifts: [8] })
  const link = {
    registered: { shape: { Inputs: 6, Hidden: [4], Shift: [8] }, model: toHex(linked.id), weights: toHex(linked.commitment) },
    link: Buffer.from(linked.link).toString('base64'),
  }
  const vector = JSON.parse(readFileSync(new URL('../../../zkcommit/circuit/verifier/testdata/registration.json', import.meta.url), 'utf8'))
  const registration = {
    registration: Buffer.from(fromHex(vector.registration)).toString('base64'),
    key: { development: true, bytes: Buffer.from(fromHex(vector.key)).toString('base64') },
  }
  const input = [
    line({}), line({ proof: c.proof.slice(1) }), line({ more: { trace: true } }), line({ statement: { kind: 3 } }), line({ more: { proofs: 1 } }), 'x',
    line({ statement: { rows: '0x1' } }), link, { ...link, link: link.link.slice(4) }, registration, { ...registration, key: { ...registration.key, development: false } },
  ].map((l) => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n')
  const run = (args, input) => {
    const ran = spawnSync(process.execPath, [fileURLToPath(new URL(args[0], import.meta.url)), ...args.slice(1)], { input, encoding: 'utf8' })
    assert.equal(ran.status, 0, ran.stderr)
    return ran.stdout.trim().split('\n')
  }
  const made = [...run(['runproof-make.mjs', '1']), ...run(['runproof-make.mjs', '1', 'lies'])]
  const out = run(['runproof-check.mjs'], [input, ...made].join('\n')).map((l) => JSON.parse(l))
  assert.deepEqual(out.map((o) => o.ok), [true, false, true, false, false, false, false, true, false, true, false, true, false])
  assert.deepEqual(out[0], { ok: true })
  assert.match(out[1].error, /bytes, not/)
  assert.deepEqual(out[2].challenges, c.golden.challenges)
  assert.match(out[3].error, /order or verdicts/)
  for (const i of [4, 5, 6]) assert.match(out[i].error, /^Input: /)
  assert.equal(BigInt('0x' + out[7].value), linked.value)
  assert.match(out[8].error, /^The link has another length/)
  assert.match(out[9].registered, /^[0-9a-f]{64}$/)
  assert.match(out[10].error, /another key/)
})
