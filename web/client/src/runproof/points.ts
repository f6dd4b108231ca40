// Points of BN254's G1, y² = x³ + 3, and sums of many multiples of them.
import { P, R, invert, invertAll, mod, power, readNumber, writeNumber } from './field'

/** A point other than the neutral one. */
export interface Point {
  x: bigint
  y: bigint
}

/** Bytes of a point. */
export const pointSize = 32

const half = (P - 1n) / 2n
const root = (P + 1n) / 4n // P = 3 modulo 4
const mask = (1n << 254n) - 1n

/** A square root modulo P, or null where there is none. */
export function squareRoot(a: bigint): bigint | null {
  const y = power(a, root, P)
  return (y * y) % P === a ? y : null
}

/** x³ + 3. */
export const curve = (x: bigint): bigint => (((x * x) % P) * x + 3n) % P

/** The point whose 32 bytes stand at `at`; refuses every other spelling and the neutral point. */
export function readPoint(b: Uint8Array, at: number): Point {
  const v = readNumber(b, at)
  const flags = v >> 254n
  const x = v & mask
  if (flags < 2n || x >= P) throw new Error(`The point at byte ${at} is not in its only spelling.`)
  const y = squareRoot(curve(x))
  if (y === null) throw new Error(`The point at byte ${at} is not on the curve.`)
  return { x, y: y <= half === (flags === 2n) ? y : P - y }
}

/** The points of a string of them. */
export function readPoints(b: Uint8Array): Point[] {
  if (b.length % pointSize !== 0) throw new Error('The bytes end inside a point.')
  return Array.from({ length: b.length / pointSize }, (_, i) => readPoint(b, i * pointSize))
}

/** A point's 32 bytes. */
export function writePoint(p: Point): Uint8Array {
  return writeNumber(p.x | ((p.y <= half ? 2n : 3n) << 254n))
}

// A sum in the making, x = X/ZZ and y = Y/ZZZ with ZZ³ = ZZZ²; neutral where ZZ is zero.
// Formulas: "XYZZ coordinates" of the Explicit-Formulas Database, a = 0.
interface Sum {
  X: bigint
  Y: bigint
  ZZ: bigint
  ZZZ: bigint
}

const neutral = (): Sum => ({ X: 1n, Y: 1n, ZZ: 0n, ZZZ: 0n })

function double(s: Sum): void {
  if (s.ZZ === 0n) return
  const u = 2n * s.Y
  const v = (u * u) % P
  const w = (u * v) % P
  const q = (s.X * v) % P
  const m = (3n * s.X * s.X) % P
  const x = mod(m * m - 2n * q, P)
  s.Y = mod(m * (q - x) - w * s.Y, P)
  s.X = x
  s.ZZ = (v * s.ZZ) % P
  s.ZZZ = (w * s.ZZZ) % P
}

function addPoint(s: Sum, { x, y }: Point): void {
  if (s.ZZ === 0n) {
    s.X = x
    s.Y = y
    s.ZZ = s.ZZZ = 1n
    return
  }
  finish(s, s.X, s.Y, x * s.ZZ - s.X, y * s.ZZZ - s.Y)
}

function add(s: Sum, t: Sum): void {
  if (t.ZZ === 0n) return
  if (s.ZZ === 0n) {
    Object.assign(s, t)
    return
  }
  const x = (s.X * t.ZZ) % P
  const y = (s.Y * t.ZZZ) % P
  const [dx, dy] = [t.X * s.ZZ - x, t.Y * s.ZZZ - y]
  s.ZZ = (s.ZZ * t.ZZ) % P
  s.ZZZ = (s.ZZZ * t.ZZZ) % P
  finish(s, x, y, dx, dy)
}

// Adds what stands dx and dy from s, s being at (x, y) over the denominators that it has.
function finish(s: Sum, x: bigint, y: bigint, dx: bigint, dy: bigint): void {
  dx %= P
  dy %= P
  if (dx === 0n) {
    s.X = x
    s.Y = y
    if (dy === 0n) double(s)
    else Object.assign(s, neutral())
    return
  }
  const pp = (dx * dx) % P
  const ppp = (dx * pp) % P
  const q = (x * pp) % P
  const X = mod(dy * dy - ppp - 2n * q, P)
  s.Y = mod(dy * (q - X) - y * ppp, P)
  s.X = X
  s.ZZ = (s.ZZ * pp) % P
  s.ZZZ = mod(s.ZZZ * ppp, P)
}

/** A point and how often it is in a sum. */
export interface Term {
  point: Point
  times: bigint
}

/** Σ times·point by buckets (Pippenger), or null where the sum is neutral. */
export function multiply(terms: readonly Term[]): Point | null {
  const bits = windowOf(terms.length)
  const windows = Math.ceil(255 / bits)
  const size = 1 << (bits - 1)
  const buckets = fill(terms, bits, windows)
  const total = neutral()
  for (let w = windows - 1; w >= 0; w--) {
    for (let i = 0; i < bits; i++) double(total)
    const run = neutral()
    for (let b = size - 1; b >= 0; b--) {
      const point = buckets[w * size + b]
      if (point) addPoint(run, point)
      add(total, run)
    }
  }
  return affine(total)
}

// The width that needs the fewest multiplications: 6 a point, 23 a bucket.
function windowOf(n: number): number {
  let [best, cost] = [2, Infinity]
  for (let bits = 2; bits <= 12; bits++) {
    const c = Math.ceil(255 / bits) * (6 * n + 23 * 2 ** (bits - 1))
    if (c < cost) [best, cost] = [bits, c]
  }
  return best
}

// The sum in each bucket of each window, undefined where it is neutral.
function fill(terms: readonly Term[], bits: number, windows: number): (Point | undefined)[] {
  const size = 1 << (bits - 1)
  const lists: Point[][] = Array.from({ length: windows * size }, () => [])
  for (const { point, times } of terms) {
    const negative = { x: point.x, y: P - point.y }
    signedDigits(mod(times, R), bits, windows).forEach((d, w) => {
      if (d > 0) lists[w * size + d - 1].push(point)
      else if (d < 0) lists[w * size - d - 1].push(negative)
    })
  }
  for (let busy = lists.filter((l) => l.length > 1); busy.length > 0; busy = busy.filter((l) => l.length > 1)) halve(busy)
  return lists.map((l) => l[0])
}

// Adds the points of each list in pairs, all slopes by one inversion.
function halve(lists: readonly Point[][]): void {
  const denominators: bigint[] = []
  for (const list of lists) {
    for (let i = 0; i + 1 < list.length; i += 2) {
      const [a, b] = [list[i], list[i + 1]]
      const d = b.x - a.x
      // Of equal x are a point and itself, or its negative, which needs no slope.
      denominators.push(d !== 0n ? (d < 0n ? d + P : d) : a.y === b.y ? (2n * a.y) % P : 1n)
    }
  }
  const inverses = invertAll(denominators, P)
  let used = 0
  for (const list of lists) {
    let kept = 0
    for (let i = 0; i < list.length; i += 2) {
      const a = list[i]
      if (i + 1 === list.length) {
        list[kept++] = a
        break
      }
      const b = list[i + 1]
      const inverse = inverses[used++]
      if (a.x === b.x && a.y !== b.y) continue
      const slope = ((a.x === b.x ? 3n * a.x * a.x : b.y - a.y) * inverse) % P
      const x = mod(slope * slope - a.x - b.x, P)
      list[kept++] = { x, y: mod(slope * (a.x - x) - a.y, P) }
    }
    list.length = kept
  }
}

// Digits from 1 - 2^(bits-1) to 2^(bits-1), lowest first. Numbers have 254 bits
// at most and there are places for 255, so nothing is carried out of the last.
function signedDigits(v: bigint, bits: number, count: number): Int16Array {
  const out = new Int16Array(count)
  const text = v.toString(2).padStart(count * bits, '0')
  let carry = 0
  for (let i = 0; i < count; i++) {
    const end = text.length - i * bits
    let d = parseInt(text.slice(end - bits, end), 2) + carry
    carry = d > 1 << (bits - 1) ? 1 : 0
    if (carry) d -= 1 << bits
    out[i] = d
  }
  if (carry !== 0) throw new Error('A number is too large for its digits.')
  return out
}

function affine(s: Sum): Point | null {
  if (s.ZZ === 0n) return null
  const inverse = invert(s.ZZZ, P)
  const z = (inverse * s.ZZ) % P // 1/Z
  return { x: (s.X * ((z * z) % P)) % P, y: (s.Y * inverse) % P }
}
