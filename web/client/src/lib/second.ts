// The second verifier's opinion: reads run proof and registration out of a bundle by its own
// code and has them checked by the verifier that was written from the specification alone.
import { base64, concat, fromHex } from './bytes'
import { verifyAside } from '../runproof/aside'
import type { Question } from '../runproof/aside'

/** What the second verifier makes of a bundle's run proof. */
export type Opinion =
  /** There is no run proof to have an opinion on. */
  | { says: 'nothing' }
  | { says: 'yes'; milliseconds: number }
  | { says: 'no'; why: string; milliseconds: number }
  /** It came to no answer. */
  | { says: 'unknown'; why: string }

/** Asks the second verifier; never rejects. */
export async function secondOpinion(bundle: string): Promise<Opinion> {
  let question: Question | null
  try {
    question = questionOf(bundle)
  } catch (e) {
    return { says: 'no', why: why(e), milliseconds: 0 }
  }
  if (!question) return { says: 'nothing' }
  try {
    const { refused, milliseconds } = await verifyAside(question)
    return refused === null ? { says: 'yes', milliseconds } : { says: 'no', why: refused, milliseconds }
  } catch (e) {
    return { says: 'unknown', why: why(e) }
  }
}

const why = (e: unknown): string => (e instanceof Error ? e.message : String(e))

/** The run proof of a bundle with all that it is checked against; null where there is none. */
export function questionOf(bundle: string): Question | null {
  const b = JSON.parse(bundle) as Bundle
  if (!b.proof || !b.registration || !b.registrationKey) return null
  if (b.proof.version !== 'candor/sumcheck/v1' || b.proof.kind !== 'run-order') throw new Error('The run proof is of another version or kind.')
  return {
    statement: {
      kind: 'order', run: fromHex(b.run), posts: concat(...b.ranked.map(position)), rows: concat(...b.features.map(fromHex)), threshold: 0, above: [],
    },
    proof: base64(b.proof.bytes),
    registration: base64(b.registration),
    key: { development: b.registrationKey.development, bytes: base64(b.registrationKey.key) },
  }
}

interface Bundle {
  run: string
  features: string[]
  ranked: string[]
  proof: { version: string; kind: string; bytes: string } | null
  registration: string | null
  registrationKey: { development: boolean; key: string } | null
}

function position(id: string): Uint8Array {
  const parts = id.split('-')
  if (parts.length !== 3) throw new Error('The bundle has something else where a position belongs.')
  const view = new DataView(new ArrayBuffer(16))
  view.setBigUint64(0, BigInt(parts[0]))
  view.setUint32(8, Number(parts[1]))
  view.setUint32(12, Number(parts[2]))
  return new Uint8Array(view.buffer)
}
