// Why a post is in a feed, in a reader's words.
import { store } from './store.svelte'

/** One line for the reasons that a feed names, the most personal first. */
export function why(reasons: string[]): string {
  const who = store.own ? 'you' : store.viewer ? store.name(store.viewer) : 'the reader'
  const follow = store.own ? 'you follow' : `${who} follows`
  const words: Record<string, string> = {
    following: `${follow} the author`,
    circle: reasons[0] === 'following' ? 'and people who reacted' : `people ${follow} reacted`,
    near: `close to what ${who} reacted to`,
    trending: 'popular lately',
    newest: 'new',
  }
  const line = reasons.slice(0, 2).map((r) => words[r] ?? r).join(', ')
  return line.charAt(0).toUpperCase() + line.slice(1)
}
