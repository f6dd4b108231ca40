// The hash chain that stands for the verifier's coins.
import { sha256 } from '@noble/hashes/sha2.js'
import { R, readNumber } from './field'

const utf8 = new TextEncoder()

/** A challenge's label and value, for tests that compare them. */
export type Trace = (label: string, value: bigint) => void

/** A chain of SHA-256: what goes in decides all challenges that come after. */
export class Transcript {
  private state: Uint8Array = sha256(utf8.encode('candor/sumcheck/v1'))

  constructor(private readonly trace?: Trace) {}

  /** Takes a piece in under its label. */
  absorb(label: string, piece: Uint8Array): void {
    const name = utf8.encode(label)
    const lengths = new DataView(new ArrayBuffer(12))
    lengths.setUint32(0, name.length)
    lengths.setBigUint64(4, BigInt(piece.length))
    const bytes = new Uint8Array(lengths.buffer)
    const hash = sha256.create().update(this.state)
    this.state = hash.update(bytes.subarray(0, 4)).update(name).update(bytes.subarray(4)).update(piece).digest()
  }

  /** A number that nobody knew before the last piece was in. */
  challenge(label: string): bigint {
    this.absorb(label, new Uint8Array(0))
    const half = (n: number) => readNumber(sha256.create().update(this.state).update(Uint8Array.of(n)).digest(), 0)
    const value = ((half(0) << 256n) | half(1)) % R
    this.trace?.(label, value)
    return value
  }
}
