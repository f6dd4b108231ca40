// Prints how long the run proof's second verifier takes: node test/runproof-bench.mjs
// The proofs are the simulator's, which cost as much to check as honest ones.
import { loadRunProof } from './runproof-load.mjs'
import { simulate } from './runproof-simulate.mjs'

const parts = await loadRunProof()

function measure(what, work, times = 5) {
  const [wall, cpu] = [[], []]
  for (let i = 0; i < times; i++) {
    const [t, c] = [performance.now(), process.cpuUsage()]
    work()
    const used = process.cpuUsage(c)
    wall.push(performance.now() - t)
    cpu.push((used.user + used.system) / 1000)
  }
  const median = (list) => list.sort((a, b) => a - b)[times >> 1].toFixed(0)
  console.log(`${what}: ${median(wall)} ms, CPU ${median(cpu)} ms`)
}

measure('generators, once', () => parts.generators.generators(1024), 1)
for (const [inputs, hidden, shift, posts] of [[64, 32, 6, 64], [448, 64, 8, 64], [448, 64, 8, 256], [448, 64, 8, 1024], [448, 64, 8, 4096], [448, 64, 8, 16384]]) {
  const made = simulate(parts, 'order', { inputs, hidden: [hidden], shifts: [shift] }, posts)
  measure(`${posts} posts, ${inputs}-${hidden}-1, ${made.proof.length} bytes`, () => made.hold())
}
