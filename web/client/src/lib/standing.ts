// How a version of a plugin stands to its date, in a reader's words.
import type { Version } from './api'

export interface Standing {
  tone: 'quiet' | 'wait' | 'done' | 'bad'
  label: string
  /** One sentence more. */
  says: string
}

type Dated = Pick<Version, 'state' | 'onChain' | 'revealBy' | 'says'>

/** The date is over and the model is not public, or was not put on the chain. */
export const overdue = (v: Dated, now: number): boolean =>
  v.revealBy > 0 && now > v.revealBy && (v.state === 'locked' || v.state === 'due' || v.state === 'broken' || v.onChain === 'due')

export function standingOf(v: Dated, now: number, grace = 0): Standing {
  if (v.state === 'broken') return { tone: 'bad', label: 'Broken promise', says: v.says ?? 'What was locked to the date is not the committed model.' }
  if (v.state === 'open') return { tone: 'quiet', label: 'Never secret', says: 'Its rules or weights are public from the start, so that there is nothing to reveal.' }
  if (v.state === 'public') {
    if (v.onChain === 'due') {
      const lost = now > v.revealBy + grace
      return {
        tone: lost ? 'bad' : 'done', label: lost ? 'Public, not by its publisher' : 'Public',
        says: `Anyone can read the model. Its publisher has not put it on the chain${lost ? ', and may lose its bond' : ' yet'}.`,
      }
    }
    return { tone: 'done', label: 'Public', says: v.onChain === 'checked' ? 'The chain checked the model against its commitment.' : 'Anyone can read the model; the chain has not checked it.' }
  }
  if (now <= v.revealBy) return { tone: 'wait', label: 'Secret until its date', says: 'The model is locked to its date: from then on anyone can open it, its publisher willing or not.' }
  return { tone: 'bad', label: 'Overdue', says: v.says ?? 'The date is over and this node has not seen the model yet.' }
}
