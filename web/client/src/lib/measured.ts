// What a node tells of how a ranker does, in words for its readers.

/** What was measured of a ranker, as /api/v1/rankers tells it. */
export interface Measured {
  /** Published by somebody else than the node. */
  guest?: boolean
  fallback?: string
  proofs?: { runs: number; shareProven: number }
  /** Since the node started. */
  serving?: { asked: number; failed: number; up: number; medianMs: number; slowMs: number }
  /** Of its model, by candor eval; absent when nobody measured it. */
  quality?: { history: string; slates: number; label: string; ndcg10: number; interval: [number, number]; overLatest: number }
}

export interface Fact {
  name: string
  /** For the picker. */
  brief: string
  /** For the list of rankers. */
  whole: string
}

const percent = (share: number) => `${(100 * share).toFixed(share === 1 || share === 0 ? 0 : 1)} %`
const millis = (ms: number) => (ms < 1 ? 'under 1 ms' : `${Math.round(ms)} ms`)
const signed = (share: number) => (share < 0 ? '−' : '+') + percent(Math.abs(share))

/** What is known, and what is not: nothing is left out because it looks bad. */
export function facts(m: Measured): Fact[] {
  const q = m.quality
  const s = m.serving
  const p = m.proofs
  return [
    {
      name: 'Quality',
      brief: q ? `quality ${q.ndcg10.toFixed(2)}` : 'not measured',
      whole: q
        ? `NDCG@10 ${q.ndcg10.toFixed(3)} (${q.interval[0].toFixed(3)} to ${q.interval[1].toFixed(3)}), ${signed(q.overLatest)} against newest first; ${q.slates} slates of ${q.history}, by ${q.label}, for readers without a name`
        : 'nobody has measured it',
    },
    {
      name: 'Proven',
      brief: p?.runs ? `${percent(p.shareProven)} proven` : 'no runs yet',
      whole: p?.runs ? `${percent(p.shareProven)} of ${p.runs.toLocaleString('en')} runs` : 'no runs yet',
    },
    {
      name: 'Answers',
      brief: s?.asked ? millis(s.medianMs) : '',
      whole: s?.asked
        ? `half in ${millis(s.medianMs)}, 99 in 100 in ${millis(s.slowMs)}; ${percent(s.up)} up, ${s.failed} of ${s.asked.toLocaleString('en')} failed since the node started`
        : 'not asked since the node started',
    },
  ]
}
