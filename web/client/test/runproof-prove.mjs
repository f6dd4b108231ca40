// A slow prover of run proofs, written from docs/run-proof.md as the verifier is. It proves
// small runs of random models, and, so that the verifier has lies to find which no
// change of bytes would make, can lie about any single thing and be honest about the rest.
import { createHash, randomBytes } from 'node:crypto'

const sum = (list) => list.reduce((a, b) => a + b, 0n)
const clamp = (q) => Math.min(Math.max(q, 0), 127)

/** Random weights of a shape; `int` draws a whole number from low to high. */
export function drawWeights(shape, int) {
  const many = (n, make) => Array.from({ length: n }, make)
  const widths = [shape.inputs, ...shape.hidden]
  return {
    layers: shape.hidden.map((h, l) => ({ w: many(h, () => many(widths[l], () => int(-128, 127))), b: many(h, () => int(-32768, 32767)) })),
    w: many(widths.at(-1), () => int(-128, 127)),
    b: int(-32768, 32767),
  }
}

// Sums and activations of each layer, and the score, of one row of features.
function infer(shape, weights, x) {
  const layers = []
  for (const [l, { w, b }] of weights.layers.entries()) {
    const z = b.map((bias, j) => bias + x.reduce((s, v, k) => s + v * w[j][k], 0))
    const q = z.map((v) => v >> shape.shifts[l])
    x = q.map(clamp)
    layers.push({ z, q, a: x })
  }
  return { layers, score: x.reduce((s, v, k) => s + v * weights.w[k], weights.b) }
}

/** Draws a run of posts and puts it into order, or cuts it by a threshold among its scores. */
export function drawRun(kind, shape, weights, posts, int) {
  const list = Array.from({ length: posts }, (_, i) => {
    const x = Array.from({ length: shape.inputs }, () => int(-128, 127))
    // Positions and pairs of equal posts, so that ties come up.
    return { position: [0, int(0, 3), i], x }
  })
  for (const p of list) if (int(0, 3) === 0) p.x = list[0].x
  for (const p of list) p.score = infer(shape, weights, p.x).score
  const older = (a, b) => a.position[1] - b.position[1] || a.position[2] - b.position[2]
  if (kind === 'order') list.sort((a, b) => b.score - a.score || -older(a, b))
  const threshold = kind === 'order' ? 0 : list[int(0, posts - 1)].score + int(-1, 1)
  const positions = Buffer.alloc(16 * posts)
  list.forEach(({ position }, i) => {
    positions.writeUInt32BE(position[1], 16 * i + 8)
    positions.writeUInt32BE(position[2], 16 * i + 12)
  })
  const rows = Uint8Array.from(list.flatMap((p) => p.x.map((v) => v & 255)))
  return { kind, posts: Uint8Array.from(positions), rows, threshold, above: kind === 'order' ? [] : list.map((p) => p.score > threshold) }
}

/**
 * Proves a run. `lie.message` counts the scalar that 1 is added to when it is sent; `lie.rows`
 * may change { excess, activation, remainder, digits, counts, sums } before they are committed to.
 */
export function prove(parts, shape, weights, run, lie = {}) {
  const { field, generators, layout, points, proof, registered, relations, replay, statement, transcript } = parts
  const { R, mod, invert, eqTable, inner, powers, writeNumber } = field
  const random = () => mod(BigInt('0x' + randomBytes(48).toString('hex')), R)
  const many = (n, make = random) => Array.from({ length: n }, make)
  const com = (values, blind) => {
    const gs = generators.generators(values.length)
    return points.multiply([...values.map((times, i) => ({ point: gs[i], times })), { point: generators.blindGenerator(), times: blind }])
  }
  const at = (table, point) => inner(table, eqTable(point)) // a multilinear extension
  const padded = (list, n) => [...list.map(BigInt), ...Array(n - list.length).fill(0n)]

  // The model.
  const { columns } = layout.weightsOf(shape)
  const weightRows = [...weights.layers.flatMap(({ w, b }) => [...w, b]), weights.w, [weights.b, random()]].map((row) => padded(row, columns))
  const weightBlinds = weightRows.map(random)
  const id = Uint8Array.from(randomBytes(32))
  const commitment = Uint8Array.from(Buffer.concat(weightRows.map((row, j) => points.writePoint(com(row, weightBlinds[j])))))
  const model = registered.registered(shape, id, commitment, new Uint8Array(32))

  // The statement.
  const bytes = Buffer.alloc(544)
  bytes.write('candor/run/v2')
  bytes.set(id, 288)
  createHash('sha256').update('candor/shape/v1').update(layout.shapeBytes(shape)).digest().copy(bytes, 320)
  const s = { ...run, run: Uint8Array.from(bytes) }
  const l = layout.layoutOf(s.kind, shape, statement.checkStatement(s, model))
  const bits = statement.bitsOf(s)
  const { posts, postBits: n, rowBits, layers } = l
  const [size, m, count] = [1 << n, 1 << rowBits, layers.length]

  // What is looked up, of all posts and units with their padding.
  const features = Array.from({ length: size }, (_, i) => Array.from({ length: shape.inputs }, (_, k) => (i < posts ? (s.rows[i * shape.inputs + k] << 24) >> 24 : 0)))
  const inferred = features.map((x) => infer(shape, weights, x))
  const cells = (l, value) => inferred.flatMap((r) => Array.from({ length: 1 << layers[l].bits }, (_, j) => (j < layers[l].width ? value(r.layers[l], j) : 0)))
  const scores = inferred.map((r) => r.score)
  const differences = s.kind === 'order'
    ? scores.slice(0, posts).map((v, i) => (i + 1 < posts ? v - scores[i + 1] - bits[i] : v + l.bound))
    : scores.slice(0, posts).map((v, i) => (bits[i] ? v - s.threshold - 1 : s.threshold - v))
  const digits = Array(4 * size).fill(0)
  differences.forEach((d, i) => [0, 1, 2].forEach((k) => (digits[4 * i + k] = (d >> (8 * k)) & 255)))
  if (s.kind === 'order') [0, 1, 2].forEach((k) => (digits[4 * k + 3] = ((l.bound - scores[0]) >> (8 * k)) & 255))
  const looked = {
    excess: layers.map((_, l) => cells(l, (r, j) => r.q[j] - r.a[j])),
    activation: layers.map((_, l) => cells(l, (r, j) => r.a[j])),
    remainder: layers.map((layer, l) => cells(l, (r, j) => r.z[j] - r.q[j] * 2 ** layer.shift)),
    digits,
  }
  lie.rows?.(looked)

  const table = [...Array(256).keys()].map((v) => [0, v, 0])
  layers.forEach((layer, l) => {
    for (let v = 0; v < 1 << layer.shift; v++) table.push([2 * l + 1, v, 0])
    for (let q = layer.least; q <= layer.largest; q++) table.push([2 * l + 2, q - clamp(q), clamp(q)])
  })
  const place = new Map(table.map((entry, i) => [entry.join(), i]))
  const counts = Array(1 << l.tableBits).fill(0)
  const tally = (...entry) => place.has(entry.join()) && counts[place.get(entry.join())]++
  digits.forEach((v) => tally(0, v, 0))
  layers.forEach((_, l) => {
    looked.remainder[l].forEach((v) => tally(2 * l + 1, v, 0))
    looked.excess[l].forEach((v, i) => tally(2 * l + 2, v, looked.activation[l][i]))
  })
  lie.counts?.(counts)

  // Commitments to rows, and the pad.
  const rowsOf = (list) => {
    const all = padded(list, Math.ceil(list.length / m) * m)
    return Array.from({ length: all.length / m }, (_, i) => all.slice(i * m, (i + 1) * m))
  }
  const rows = [...layers.flatMap((_, l) => [...rowsOf(looked.excess[l]), ...rowsOf(looked.activation[l])]), ...rowsOf(digits), ...rowsOf(counts)]
  const blinds = rows.map(random)
  const rowPoints = rows.map((row, i) => points.writePoint(com(row, blinds[i])))
  const [pad, padBlind] = [many(l.messages), random()]
  const padPoint = points.writePoint(com(pad, padBlind))
  const t = new transcript.Transcript()
  statement.absorbStatement(t, s, model, bits)
  t.absorb('rows', Buffer.concat(rowPoints))
  t.absorb('pad', padPoint)

  // The conversation.
  const sent = []
  const y = []
  const send = (...values) => {
    const masked = values.map((v) => {
      y.push(mod(v + (lie.message === y.length ? 1n : 0n), R))
      return mod(y.at(-1) + pad[y.length - 1], R)
    })
    sent.push(...masked)
    t.absorb('message', Buffer.concat(masked.map(writeNumber)))
  }
  const bind = (list, r) => {
    const half = list.length / 2
    return Array.from({ length: half }, (_, x) => mod(list[x] + r * (list[x + half] - list[x]), R))
  }
  // Rounds of Σ of products of pairs of lists; returns the point and the lists' values there.
  const products = (pairs) => {
    const point = []
    while (pairs[0][0].length > 1) {
      const half = pairs[0][0].length / 2
      const low = sum(pairs.map(([a, b]) => sum(a.slice(0, half).map((v, x) => v * b[x]))))
      const last = sum(pairs.map(([a, b]) => sum(a.slice(0, half).map((v, x) => (a[x + half] - v) * (b[x + half] - b[x])))))
      send(low, last)
      const r = t.challenge('round')
      point.push(r)
      pairs = pairs.map((pair) => pair.map((list) => bind(list, r)))
    }
    return { point, values: pairs.map((pair) => pair.map((list) => list[0])) }
  }

  const [gamma, beta, delta] = ['gamma', 'beta', 'delta'].map((label) => t.challenge(label))
  const denominator = (tag, v, u) => mod(gamma - delta * BigInt(tag) - BigInt(v) - beta * BigInt(u), R)
  const leaves = layers.map((_, l) => [
    ...looked.remainder[l].map((v) => denominator(2 * l + 1, v, 0)), ...looked.excess[l].map((v, i) => denominator(2 * l + 2, v, looked.activation[l][i])),
  ])
  leaves.push(digits.map((v) => denominator(0, v, 0)))
  const trees = leaves.map((dens) => {
    const levels = [dens.map((d) => [1n, d])]
    while (levels[0].length > 1) {
      const half = levels[0].length / 2
      levels.unshift(Array.from({ length: half }, (_, x) => {
        const [[n0, d0], [n1, d1]] = [levels[0][x], levels[0][x + half]]
        return [(n0 * d1 + n1 * d0) % R, (d0 * d1) % R]
      }))
    }
    return levels
  })
  for (const levels of trees) send(levels[0][0][0], levels[0][0][1], levels[0][0][0] * invert(levels[0][0][1], R))
  const inverses = padded(table.map((entry) => invert(denominator(...entry), R)), 1 << l.tableBits)
  const counted = products([[counts.map(BigInt), inverses]])
  send(counted.values[0][0])

  let above = []
  const ends = []
  for (let level = 0; level < Math.max(...l.depths); level++) {
    const lambda = level > 0 ? t.challenge('lambda') : 0n
    let active = trees.map((levels, tree) => ({ tree, levels })).filter(({ levels }) => levels.length > level + 1).map(({ tree, levels }, k) => {
      const below = levels[level + 1]
      const half = below.length / 2
      const lists = [below.slice(0, half).map((v) => v[0]), below.slice(half).map((v) => v[0]), below.slice(0, half).map((v) => v[1]), below.slice(half).map((v) => v[1])]
      return { tree, weight: field.power(lambda, BigInt(2 * k), R), ended: levels.length === level + 2, lists }
    })
    const rounds = []
    for (let i = 0; i < level; i++) {
      const rest = eqTable(above.slice(i + 1))
      const g = (pick) => sum(active.map(({ weight, lists }) => weight * sum(rest.map((e, x) => {
        const [n0, n1, d0, d1] = lists.map((list) => pick(list[x], list[x + rest.length]))
        return (e * mod(n0 * d1 + d0 * (n1 + lambda * d1), R)) % R
      }))))
      send(g((a, b) => b) - g((a) => a), g((a, b) => b - a))
      const r = t.challenge('round')
      rounds.push(r)
      active = active.map((a) => ({ ...a, lists: a.lists.map((list) => bind(list, r)) }))
    }
    for (const { tree, ended, lists } of active) {
      const values = lists.map((list) => list[0])
      send(...(ended ? values.slice(2) : values))
      if (ended) ends[tree] = rounds
    }
    above = [t.challenge('next'), ...rounds]
    if (l.depths[count] === level + 1) ends.digits = above
  }
  const r = layers.map((_, l) => ends[l])
  const big = (list) => list.map((v) => mod(BigInt(v), R))
  const [excess, activation] = [looked.excess.map(big), looked.activation.map(big)]
  layers.forEach((_, l) => send(at(excess[l], r[l]), at(activation[l], r[l])))
  const rho = ends.digits.slice(0, n)
  const places = [0, 1, 2, 3].map((k) => digits.filter((_, i) => i % 4 === k).map(BigInt))
  send(...places.map((list) => at(list, rho)))
  if (s.kind === 'order') send(sum([0, 1, 2].map((k) => BigInt(digits[4 * k + 3]) << BigInt(8 * k))))
  const tau = t.challenge('tau')

  // Coefficients of the scores.
  const w = eqTable(rho)
  const c = Array(size).fill(0n)
  for (let i = 0; i < posts; i++) {
    if (s.kind === 'verdict') c[i] += bits[i] ? w[i] : -w[i]
    else {
      c[i] += w[i]
      if (i + 1 < posts) c[i + 1] -= w[i]
    }
  }
  if (s.kind === 'order') c[0] -= tau
  const last = layers[count - 1]
  const wide = 1 << last.bits
  const outputs = padded(weights.w, wide)
  const summed = Array.from({ length: size }, (_, i) => mod(BigInt(weights.b) + sum(outputs.map((v, j) => v * activation[count - 1][i * wide + j])), R))
  const chain = products([[c, summed]])
  send(chain.values[0][1], BigInt(weights.b))
  const rowAt = (list, width, point) => {
    const e = eqTable(point)
    return Array.from({ length: width }, (_, j) => mod(sum(e.map((v, i) => v * list[i * width + j])), R))
  }
  const units = products([[rowAt(activation[count - 1], wide, chain.point), outputs]])
  send(...units.values[0])
  let second
  if (count === 2) {
    const rj = r[1].slice(n)
    send(at(padded(weights.layers[1].b, wide), rj))
    const narrow = 1 << layers[0].bits
    const e = eqTable(rj)
    const folded = Array.from({ length: narrow }, (_, k) => mod(sum(weights.layers[1].w.map((row, j) => e[j] * BigInt(row[k] ?? 0))), R))
    second = products([[rowAt(activation[0], narrow, r[1].slice(0, n)), folded]])
    send(...second.values[0])
  }

  // Openings: which rows with which weights, against which vector of columns.
  const batch = t.challenge('batch')
  let weight = 1n
  const next = () => {
    const v = weight
    weight = (weight * batch) % R
    return v
  }
  const all = [...rows, ...weightRows.map((row) => padded(row, m))]
  const openings = []
  const open = (coefficients, inside) => openings.push({ coefficients, inside: padded(inside, m) })
  const outer = (first, point, v) => eqTable(point.slice(0, Math.max(0, point.length - rowBits))).map((e, i) => [first + i, (e * v) % R])
  const within = (point) => eqTable(point.slice(Math.max(0, point.length - rowBits)))
  layers.forEach((_, l_) => {
    open([...outer(l.excess[l_], r[l_], next()), ...outer(l.activation[l_], r[l_], next())], within(r[l_]))
    const q = l_ === count - 1 ? [...chain.point, ...units.point] : [...r[1].slice(0, n), ...second.point]
    open(outer(l.activation[l_], q, next()), within(q))
  })
  const split = Math.max(0, n + 2 - rowBits)
  const shares = [next(), next(), next(), next()]
  open(eqTable(rho.slice(0, split)).map((e, i) => [l.digits + i, e]), eqTable(rho.slice(split)).flatMap((e) => shares.map((v) => (e * v) % R)))
  if (s.kind === 'order') open([[l.digits, next()]], [0n, 0n, 0n, 1n, 0n, 0n, 0n, 256n, 0n, 0n, 0n, 65536n])
  open(outer(l.counts, counted.point, next()), within(counted.point))
  const weightAt = (j) => rows.length + j
  const someRows = (layer, e, v) => e.slice(0, layers[layer].width).map((x, j) => [weightAt(l.weights.first[layer] + j), (x * v) % R])
  const e1 = eqTable(r[0].slice(n))
  const [z1, posts1] = [next(), eqTable(r[0].slice(0, n))]
  open(someRows(0, e1, z1), features[0].map((_, k) => mod(sum(posts1.map((e, i) => e * BigInt(features[i][k]))), R)))
  open([[weightAt(l.weights.first[0] + layers[0].width), z1]], e1.slice(0, layers[0].width))
  if (count === 2) {
    const e2 = eqTable(r[1].slice(n))
    open(someRows(1, e2, next()), eqTable(second.point).slice(0, layers[0].width))
    open([[weightAt(l.weights.first[1] + layers[1].width), next()]], e2.slice(0, layers[1].width))
  }
  open([[weightAt(l.weights.output), next()]], eqTable(units.point).slice(0, last.width))
  open([[weightAt(l.weights.tail), next()]], [1n])
  const combined = openings.map(({ coefficients }) => Array.from({ length: m }, (_, k) => mod(sum(coefficients.map(([row, v]) => v * all[row][k])), R)))
  const column = products(openings.map(({ inside }, g) => [combined[g], inside]))
  send(...column.values.map(([v]) => v))

  // Masks and answers. What the relations are of the masks is asked of the verifier's own code.
  const etas = powers(t.challenge('eta'), openings.length)
  const [d, dBlind, d2, d2Blind, u0Blind, u1Blind] = [many(l.messages), random(), many(m), random(), random(), random()]
  const fold = Array.from({ length: m }, (_, k) => mod(sum(combined.map((row, g) => etas[g] * row[k])), R))
  const allBlinds = [...blinds, ...weightBlinds]
  const foldBlind = mod(sum(openings.map(({ coefficients }, g) => etas[g] * (sum(coefficients.map(([row, v]) => v * allBlinds[row])) % R))), R)
  const write = (sigma, linear, z, columns, answers) => Uint8Array.from(Buffer.concat([
    Buffer.from('candor/csp/v1\0\0\0'), ...rowPoints, padPoint, ...sent.map(writeNumber), ...sigma.map(points.writePoint), writeNumber(linear),
    ...z.map(writeNumber), ...columns.map(writeNumber), ...answers.map(writeNumber),
  ]))
  const somewhere = com([], 1n)
  const draw = (made) => replay.replay(s, bits, model, l, proof.readProof(made, l))
  const zeros = Array(l.messages).fill(0n)
  const challenges = draw(write(Array(4).fill(somewhere), 0n, zeros, Array(m).fill(0n), [0n, 0n, 0n]))
  const relate = (e, messages, columns) => relations.relations(s, bits, l, { ...challenges, e }, messages, columns)
  const masks = relate(0n, d.map((v) => mod(-v, R)), d2)
  const once = relate(1n, d.map((v, i) => mod(y[i] - v, R)), d2.map((v, k) => mod(v + fold[k], R)))
  const sigma = [com(d, dBlind), com(d2, d2Blind), com([masks.quadratic], u0Blind), com([mod(once.quadratic - masks.quadratic, R)], u1Blind)]
  const { e } = draw(write(sigma, masks.linear, zeros, Array(m).fill(0n), [0n, 0n, 0n]))
  const made = write(
    sigma, masks.linear, d.map((v, i) => mod(v + e * pad[i], R)), d2.map((v, k) => mod(v + e * fold[k], R)),
    [dBlind + e * padBlind, d2Blind + e * foldBlind, u0Blind + e * u1Blind].map((v) => mod(v, R)),
  )
  return { statement: s, model, proof: made, layout: l }
}
