// Prints run proofs of the prover in runproof-prove.mjs, for whoever compares verifiers:
//
//   node test/runproof-make.mjs COUNT [lies] > cases.jsonl
//
// Each line is what runproof-check.mjs reads. All of them hold or, with `lies`, none does: each
// then has one message that is false, everything after it being made as if it were true.
import { randomInt } from 'node:crypto'
import { loadRunProof } from './runproof-load.mjs'
import { drawRun, drawWeights, prove } from './runproof-prove.mjs'

const count = Number(process.argv[2])
const lies = process.argv[3] === 'lies'
if (!Number.isInteger(count) || count < 1 || (process.argv.length > 3 && !lies)) {
  console.error('Usage: node test/runproof-make.mjs COUNT [lies]')
  process.exit(2)
}
const parts = await loadRunProof()
const int = (low, high) => randomInt(low, high + 1)
const hex = (b) => '0x' + Buffer.from(b).toString('hex')

for (let i = 0; i < count; i++) {
  const kind = int(0, 1) ? 'order' : 'verdict'
  const hidden = Array.from({ length: int(1, 2) }, () => int(1, 6))
  const shape = { inputs: int(1, 8), hidden, shifts: hidden.map(() => int(7, 12)) }
  const posts = int(1, int(0, 3) ? 9 : 40)
  const weights = drawWeights(shape, int)
  const message = lies ? int(0, parts.layout.layoutOf(kind, shape, posts).messages - 1) : undefined
  const { statement: s, model, proof } = prove(parts, shape, weights, drawRun(kind, shape, weights, posts, int), { message })
  console.log(JSON.stringify({
    statement: {
      kind: kind === 'order' ? 1 : 2, run: hex(s.run), posts: hex(s.posts), rows: hex(s.rows), threshold: s.threshold,
      above: kind === 'order' ? null : s.above,
    },
    registered: {
      shape: { Inputs: shape.inputs, Hidden: [...hidden, 0].slice(0, 2), Shift: [...shape.shifts, 0].slice(0, 2) },
      model: hex(model.id), weights: hex(model.commitment),
    },
    proof: Buffer.from(proof).toString('base64'),
  }))
}
