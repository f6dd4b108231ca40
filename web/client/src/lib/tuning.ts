// How a reader tuned rankers: by ranker and parameter, those that are not as usual.
import type { Plugin } from './api'

export type Values = Record<string, Record<string, number>>

/** Of remembered values those that the rankers still take. */
export function tunable(old: unknown, rankers: Plugin[]): Values {
  const out: Values = {}
  for (const r of rankers) {
    const was = (old as Record<string, Record<string, unknown>> | undefined)?.[r.id] ?? {}
    for (const p of r.parameters ?? []) {
      const v = was[p.name]
      if (p.columns?.length && Number.isInteger(v) && (v as number) >= p.least && (v as number) <= p.most && v !== p.default) {
        out[r.id] = { ...out[r.id], [p.name]: v as number }
      }
    }
  }
  return out
}

/** A value in words; 16 leaves things as they are. */
export const says = (v: number): string => (v === 0 ? 'not at all' : v === 16 ? 'as the ranker does' : `${Math.round((v / 16) * 100)} %`)
