// Why a post is in a feed, in a reader's words.
import { store } from './store.svelte'

/** One line for the reasons that a feed names, the most personal first. */
export function why(reasons: string[], author: string): string {
  const reader = store.own ? 'you' : store.viewer ? store.name(store.viewer) : ''
  const follow = reader === 'you' ? 'you follow' : `${reader} follows`
  const words: Record<string, string> = {
    following: `because ${follow} ${author}`,
    circle: reader ? `people ${follow} engaged with it` : 'engaged with in the circle',
    near: reader === 'you' ? 'close to what you engaged with' : `close to what ${reader || 'the reader'} engaged with`,
    trending: 'much engaged with lately',
    newest: 'new',
  }
  const line = reasons.slice(0, 2).map((r) => words[r] ?? r).join(', ')
  return line.charAt(0).toUpperCase() + line.slice(1)
}
