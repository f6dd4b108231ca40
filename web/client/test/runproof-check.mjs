// Verifies run proofs from standard input, for whoever compares verifiers:
//
//   node test/runproof-check.mjs < cases.jsonl > verdicts.jsonl
//
// Each line in is one JSON object, at most 64 MiB; each gets one line out, in the same order.
// HEX is a string of hexadecimal digits with or without 0x, BASE64 is padded base64 as RFC
// 4648 has it. A line is of one of three kinds. A run proof:
//
//   {
//     "statement": {
//       "kind":      1 (order) or 2 (verdict),
//       "run":       HEX, the run's 544 canonical bytes,
//       "posts":     HEX, positions in the run's order, 16 bytes each,
//       "rows":      HEX, features as signed bytes, post by post,
//       "threshold": number; 0 for order, and may be left out,
//       "above":     list of true and false, one a post, for verdicts; null or left out for order
//     },
//     "registered": {
//       "shape":     {"Inputs": D, "Hidden": [H1, H2], "Shift": [k1, k2]}, with H2 and k2 zero
//                    or left out for one hidden layer,
//       "model":     HEX, the model's commitment, 32 bytes,
//       "weights":   HEX, the points of C_W, 32 bytes each,
//       "schema":    HEX, the feature schema, 32 bytes; left out for zeros
//     },
//     "proof": BASE64,
//     "trace": true or left out
//   }
//
// or a link: {"registered": as above, "link": BASE64}, or a registration:
// {"registration": BASE64, "key": {"development": true or false, "bytes": BASE64}}.
//
// Out: {"ok":true} or {"ok":false,"error":"One sentence."}. With "trace" both also have
// "challenges": [["gamma", 64 hexadecimal digits], ...] as far as they were drawn. A link that
// holds also has "alpha" and "value", a registration "registered", the digest, 64 digits each. A line that is not of this form is answered
// {"ok":false,"error":"Input: ..."}, so that a slip of the caller's is not taken for a refusal.
// The exit status is 0 where every line was answered.
import { createInterface } from 'node:readline'
import { loadRunProof } from './runproof-load.mjs'

const { verify: v } = await loadRunProof()
const longest = 64 << 20

class Slip extends Error {}

function need(ok, what) {
  if (!ok) throw new Slip(`Input: ${what}`)
}

function object(o, name, fields) {
  need(typeof o === 'object' && o !== null && !Array.isArray(o), `${name} is no object.`)
  for (const key of Object.keys(o)) need(fields.includes(key), `${name} has the field ${key}, which is none of ${fields.join(', ')}.`)
  return o
}

function hex(s, name) {
  need(typeof s === 'string' && /^(0x)?([0-9a-fA-F]{2})*$/.test(s), `${name} is not hexadecimal.`)
  return Uint8Array.from(Buffer.from(s.startsWith('0x') ? s.slice(2) : s, 'hex'))
}

function base64(s, name) {
  need(typeof s === 'string', `${name} is no text.`)
  const b = Buffer.from(s, 'base64')
  need(b.toString('base64') === s, `${name} is not base64.`)
  return Uint8Array.from(b)
}

// [4, 0] and [4] are one hidden layer.
function numbers(list, name) {
  need(Array.isArray(list) && list.every((n) => typeof n === 'number'), `${name} is no list of numbers.`)
  return list.length === 2 && list[1] === 0 ? list.slice(0, 1) : list
}

function readModel(o) {
  object(o, 'registered', ['shape', 'model', 'weights', 'schema'])
  const s = object(o.shape, 'shape', ['Inputs', 'Hidden', 'Shift'])
  need(typeof s.Inputs === 'number', 'Inputs is no number.')
  const shape = { inputs: s.Inputs, hidden: numbers(s.Hidden, 'Hidden'), shifts: numbers(s.Shift, 'Shift') }
  const [model, weights] = [hex(o.model, 'model'), hex(o.weights, 'weights')]
  const schema = o.schema === undefined ? new Uint8Array(32) : hex(o.schema, 'schema')
  return () => v.registered(shape, model, weights, schema)
}

function readStatement(o) {
  object(o, 'statement', ['kind', 'run', 'posts', 'rows', 'threshold', 'above'])
  const above = o.above ?? []
  need(typeof o.kind === 'number', 'kind is no number.')
  need(Array.isArray(above) && above.every((b) => typeof b === 'boolean'), 'above is no list of true and false.')
  need(o.threshold === undefined || typeof o.threshold === 'number', 'threshold is no number.')
  const kind = { 1: 'order', 2: 'verdict' }[o.kind] ?? 'neither'
  return { kind, run: hex(o.run, 'run'), posts: hex(o.posts, 'posts'), rows: hex(o.rows, 'rows'), threshold: o.threshold ?? 0, above }
}

const digits = (n) => n.toString(16).padStart(64, '0')

function answer(line) {
  const out = { ok: true }
  try {
    need(line.length <= longest, 'the line is longer than 64 MiB.')
    let o
    try {
      o = JSON.parse(line)
    } catch {
      need(false, 'the line is no JSON.')
    }
    object(o, 'the line', ['statement', 'registered', 'proof', 'link', 'registration', 'key', 'trace'])
    if (o.registration !== undefined) {
      const key = object(o.key, 'key', ['development', 'bytes'])
      need(typeof key.development === 'boolean', 'development is neither true nor false.')
      const [registration, bytes] = [base64(o.registration, 'registration'), base64(key.bytes, 'bytes')]
      const { digest } = v.checkRegistration(registration, { development: key.development, bytes })
      return { ...out, registered: Buffer.from(digest).toString('hex') }
    }
    const model = readModel(o.registered)
    if (o.link !== undefined) {
      need(o.proof === undefined && o.statement === undefined, 'the line has a link and a proof.')
      const link = base64(o.link, 'link')
      const shown = v.checkLink(model(), link)
      return { ...out, alpha: digits(shown.alpha), value: digits(shown.value) }
    }
    const [statement, proof] = [readStatement(o.statement), base64(o.proof, 'proof')]
    if (o.trace) out.challenges = []
    v.verify(statement, model(), proof, o.trace ? (label, value) => out.challenges.push([label, digits(value)]) : undefined)
    return out
  } catch (err) {
    return { ...out, ok: false, error: err.message }
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line.trim() === '') continue
  if (!process.stdout.write(JSON.stringify(answer(line)) + '\n')) await new Promise((resolve) => process.stdout.once('drain', resolve))
}
