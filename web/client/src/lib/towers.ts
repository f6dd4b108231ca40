// What is said of towers: models elsewhere that make the vectors which rankers read.
import type { Tower } from './api'
import { counted, day } from './format'

export const pluginOf = (id: string): string => id.split('/')[0] ?? id
export const versionOf = (id: string): string => id.split('/')[1] ?? ''

/** How many numbers a vector has, by a shape such as 256x32. */
export const numbers = (shape: string): number => Number(shape.split('x')[1] ?? 0)

/** Who speaks for the vectors. */
export const assurances: Record<Tower['assurance'], string> = {
  committed: 'Each vector is signed by one operator, and nothing else speaks for it before the tower is public.',
  replicated: 'Several operators make each vector and must agree on every bit; all who did have signed it.',
}

/** How many of its operators answer. */
export function upOf(t: Tower): string {
  const ready = t.workers.filter((w) => w.state === 'ready').length
  if (t.workers.length === 0) return 'no worker has come yet, so that no vectors are made'
  if (ready === 0) return `none of ${counted(t.workers.length, 'operator')} answers, so that no vectors are made`
  return ready === t.workers.length ? `${counted(ready, 'operator')}, ${ready === 1 ? 'which answers' : 'all of which answer'}` : `${ready} of ${counted(t.workers.length, 'operator')} ${ready === 1 ? 'answers' : 'answer'}`
}

/** Until when its file is secret. */
export function secretOf(t: Tower, now: number): string {
  if (t.revealBy === 0) return 'nothing of it is secret'
  return t.revealBy > now ? `secret until ${day(t.revealBy)}` : `its date was ${day(t.revealBy)}`
}
