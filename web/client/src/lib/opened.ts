// A run that somebody opened: its inputs and its outcome, out of its bundle.
import { api } from './api'

export interface Opened {
  /** The bundle, byte for byte. */
  bundle: string
  viewer: string
  candidates: { author: string; post: string; source: number }[]
  verdicts: { filter: string; version: number; verdicts: { post: string; decision: string; reason: string }[] }[]
  /** A row a post, in ranked order: two's complement, as hexadecimal. */
  features: string[]
  ranked: string[]
  served: string[]
  schema: string
  rule: string
}

/** Fetches the bundle; a run of a named reader needs its opening. */
export async function openRun(id: string, opening?: string): Promise<Opened> {
  const bundle = await api.bundle(id, opening)
  const b = JSON.parse(bundle) as Omit<Opened, 'bundle' | 'schema' | 'rule'> & { manifest: { manifest: { featureSchema: string; rule: string } } }
  const { viewer, candidates, verdicts, features, ranked, served } = b
  const { featureSchema, rule } = b.manifest.manifest
  return { bundle, viewer, candidates, verdicts, features, ranked, served, schema: featureSchema, rule }
}

const sources = ['following', 'circle', 'near', 'trending', 'newest'] as const

/** The names of a candidate's sources. */
export const sourceNames = (source: number): string[] => sources.filter((_, i) => source & (1 << i))

/** What a row of features says, by signed bytes. */
export const values = (row: string): number[] => (row.replace(/^0x/, '').match(/../g) ?? []).map((h) => (parseInt(h, 16) << 24) >> 24)
