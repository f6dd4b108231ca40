// Routes live behind the #, so that any static server can hold the client. Each
// history entry remembers how far it was scrolled.
import { tick } from 'svelte'

export interface Route {
  path: string
  page: string
  /** What follows the page's name: a post's id, an address, a run. */
  id: string
  query: URLSearchParams
}

function parse(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?')
  const [page = '', ...rest] = path.split('/')
  let id = rest.join('/')
  try {
    id = decodeURIComponent(id)
  } catch {
    // A stray % stays as it is: the page will say that it knows no such id.
  }
  return { path: '/' + path, page, id, query: new URLSearchParams(search) }
}

class Router {
  route: Route = $state.raw(parse(location.hash))
  /** Counts navigations, so that the layout can move the focus. */
  visits = $state(0)
  #depth = (history.state as { depth?: number } | null)?.depth ?? 0
  #scrolls = new Map<number, number>()

  start() {
    history.scrollRestoration = 'manual'
    history.replaceState({ depth: this.#depth }, '')
    addEventListener('scroll', () => this.#scrolls.set(this.#depth, scrollY), { passive: true })
    addEventListener('hashchange', () => void this.#moved())
  }

  go(path: string) {
    location.hash = path
  }

  /** Back where the reader came from, or to the feed when it came from elsewhere. */
  back() {
    if (this.#depth > 0) history.back()
    else this.go('/')
  }

  async #moved() {
    const known = (history.state as { depth?: number } | null)?.depth
    if (known === undefined) {
      this.#depth++
      history.replaceState({ depth: this.#depth }, '')
      this.#scrolls.delete(this.#depth)
    } else {
      this.#depth = known
    }
    const to = this.#scrolls.get(this.#depth) ?? 0
    this.route = parse(location.hash)
    this.visits++
    await tick()
    scrollTo(0, to)
  }
}

export const router = new Router()
