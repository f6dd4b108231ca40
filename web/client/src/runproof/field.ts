// Numbers modulo a prime, as the run proof uses them: bigints from 0 to the modulus.

/** Order of BN254's G1; all numbers of a proof are below it. */
export const R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n
/** Modulus of the field of BN254's coordinates. */
export const P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47n

/** The value from 0 to m - 1 that a stands for. */
export function mod(a: bigint, m: bigint): bigint {
  const v = a % m
  return v < 0n ? v + m : v
}

/** 1/a modulo m; throws where a is zero. */
export function invert(a: bigint, m: bigint): bigint {
  let [u, v] = [mod(a, m), m]
  let [x, y] = [1n, 0n]
  while (u > 1n) {
    const q = v / u
    ;[u, v] = [v - q * u, u]
    ;[x, y] = [y - q * x, x]
  }
  if (u === 0n) throw new Error('Zero has no inverse.')
  return mod(x, m)
}

/** 1/a for each value, by one inversion; throws where one is zero. */
export function invertAll(values: readonly bigint[], m: bigint): bigint[] {
  const out = new Array<bigint>(values.length)
  let product = 1n
  for (let i = 0; i < values.length; i++) {
    out[i] = product
    product = (product * values[i]) % m
  }
  let inverse = invert(product, m)
  for (let i = values.length - 1; i >= 0; i--) {
    out[i] = (out[i] * inverse) % m
    inverse = (inverse * values[i]) % m
  }
  return out
}

/** a to the power of e, four bits of e at a time. */
export function power(a: bigint, e: bigint, m: bigint): bigint {
  const table = [1n, a % m]
  for (let i = 2; i < 16; i++) table.push((table[i - 1] * table[1]) % m)
  let out = 1n
  for (const digit of e.toString(16)) {
    for (let i = 0; i < 4; i++) out = (out * out) % m
    const d = parseInt(digit, 16)
    if (d > 0) out = (out * table[d]) % m
  }
  return out
}

/** The first n powers of a modulo R, from 1 on. */
export function powers(a: bigint, n: number): bigint[] {
  const out: bigint[] = []
  for (let v = 1n; out.length < n; v = (v * a) % R) out.push(v)
  return out
}

/** Sum of products modulo R; ends with the shorter list. */
export function inner(a: readonly bigint[], b: readonly bigint[]): bigint {
  let sum = 0n
  for (let i = Math.min(a.length, b.length) - 1; i >= 0; i--) sum += a[i] * b[i]
  return mod(sum, R)
}

/** eq(point, x) for all x, the first coordinate being the highest bit of x. */
export function eqTable(point: readonly bigint[]): bigint[] {
  let table = [1n]
  for (const c of point) {
    const next = new Array<bigint>(2 * table.length)
    for (let i = 0; i < table.length; i++) {
      const high = (table[i] * c) % R
      const low = table[i] - high
      next[2 * i] = low < 0n ? low + R : low
      next[2 * i + 1] = high
    }
    table = next
  }
  return table
}

/** eq of two points with the same number of coordinates. */
export function eq(a: readonly bigint[], b: readonly bigint[]): bigint {
  if (a.length !== b.length) throw new Error('The points have different numbers of coordinates.')
  let out = 1n
  for (let i = 0; i < a.length; i++) out = (out * mod(1n - a[i] - b[i] + 2n * a[i] * b[i], R)) % R
  return out
}

/** The big-endian number in bytes [at, at + 32). */
export function readNumber(b: Uint8Array, at: number): bigint {
  if (at + 32 > b.length) throw new Error('The bytes end inside a number.')
  const view = new DataView(b.buffer, b.byteOffset + at, 32)
  const high = (view.getBigUint64(0) << 64n) | view.getBigUint64(8)
  return (high << 128n) | (view.getBigUint64(16) << 64n) | view.getBigUint64(24)
}

/** A scalar's 32 bytes; refuses numbers that are not below R. */
export function readScalar(b: Uint8Array, at: number): bigint {
  const v = readNumber(b, at)
  if (v >= R) throw new Error(`The number at byte ${at} is not below the field's modulus.`)
  return v
}

/** The 32 bytes of a number below 2^256. */
export function writeNumber(v: bigint): Uint8Array {
  const out = new Uint8Array(32)
  const view = new DataView(out.buffer)
  for (let i = 0; i < 4; i++) view.setBigUint64(8 * i, BigInt.asUintN(64, v >> BigInt(192 - 64 * i)))
  return out
}
