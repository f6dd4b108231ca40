// Asks a chain's JSON-RPC endpoint. The page itself may speak to its node alone; this
// worker may speak to others, and holds nothing that a page holds.
const most = 4 << 20

interface Ask {
  url: string
  body: string
}

interface Asker {
  onmessage: ((e: MessageEvent<Ask>) => void) | null
  postMessage(answer: { text: string } | { failed: string }): void
}

const asker = globalThis as unknown as Asker

asker.onmessage = async ({ data }) => {
  try {
    const init: RequestInit = {
      method: 'POST', body: data.body, headers: { 'Content-Type': 'application/json' }, credentials: 'omit', signal: AbortSignal.timeout(20_000),
    }
    const response = await fetch(data.url, init)
    const text = await response.text()
    if (text.length > most) throw new Error('too long')
    asker.postMessage({ text })
  } catch {
    asker.postMessage({ failed: 'The chain’s endpoint does not answer this browser.' })
  }
}
