// What an audit in the browser asks of the chain: who the node is, and which heads of
// its log it anchored. Answers are as good as the endpoint that gives them.
import { keccak_256 } from '@noble/hashes/sha3.js'
import { concat, fromHex, toHex, utf8 } from '../lib/bytes'

/** A head that the node put on the chain. */
export interface Anchor {
  size: number
  root: Uint8Array
  /** In which it stands. */
  block: number
}

/** Sends one JSON-RPC request and gives the answer's text. */
export type Ask = (url: string, body: string) => Promise<string>

let worker: Worker | undefined
let queue: Promise<unknown> = Promise.resolve()

const askAside: Ask = (url, body) => {
  const next = queue.then(
    () =>
      new Promise<string>((resolve, reject) => {
        worker ??= new Worker(new URL('./ask.worker.ts', import.meta.url))
        worker.onerror = () => reject(new Error('This browser did not start what asks the chain.'))
        worker.onmessage = (e: MessageEvent<{ text: string } | { failed: string }>) =>
          'text' in e.data ? resolve(e.data.text) : reject(new Error(e.data.failed))
        worker.postMessage({ url, body })
      }),
  )
  queue = next.catch(() => undefined)
  return next
}

const selector = (signature: string): Uint8Array => keccak_256(utf8(signature)).slice(0, 4)
const word = (b: Uint8Array): Uint8Array => concat(new Uint8Array(32 - b.length), b)
const logRange = 9_000 // blocks that endpoints answer at once

export class ChainReader {
  readonly #at: { rpc: string; runLog: string; registry: string }
  readonly #ask: Ask

  constructor(at: { rpc: string; runLog: string; registry: string }, ask: Ask = askAside) {
    this.#at = at
    this.#ask = ask
  }

  /** Fails unless the endpoint serves this chain. */
  async is(chainId: number, genesis: string): Promise<void> {
    const id = Number(await this.#call<string>('eth_chainId', []))
    const first = await this.#call<{ hash: string } | null>('eth_getBlockByNumber', ['0x0', false])
    if (id !== chainId || first?.hash.toLowerCase() !== genesis.toLowerCase()) throw new Error('That endpoint serves another chain than the node’s.')
  }

  /** The key of the node's log as the Registry has it, 32 bytes; null for a node that it does not know. */
  async logKey(node: string): Promise<Uint8Array | null> {
    const out = await this.#view(this.#at.registry, concat(selector('nodes(address)'), word(fromHex(node))))
    const key = out.slice(32, 64)
    return key.length === 32 && key.some((v) => v !== 0) ? key : null
  }

  /** The newest head of the log that the node anchored; null when there is none. */
  async latest(node: string, origin: string): Promise<Anchor | null> {
    const out = await this.#view(this.#at.runLog, concat(selector('latestOf(address,bytes32)'), word(fromHex(node)), keccak_256(utf8(origin))))
    if (out.length !== 160) throw new Error('The chain’s answer about anchors cannot be read.')
    const size = number(out.slice(96, 128))
    return size === 0 ? null : { size, root: out.slice(32, 64), block: number(out.slice(128)) }
  }

  /** The heads that were anchored in the newest blocks, in the order of the chain. */
  async recent(node: string, origin: string): Promise<Anchor[]> {
    const head = Number(await this.#call<string>('eth_blockNumber', []))
    const topics = [toHex(keccak_256(utf8('Anchored(address,bytes32,uint64,bytes32,bytes32)'))), toHex(word(fromHex(node))), toHex(keccak_256(utf8(origin)))]
    const from = '0x' + Math.max(0, head - logRange).toString(16)
    const logs = await this.#call<{ data: string; blockNumber: string }[]>('eth_getLogs', [{ address: this.#at.runLog, topics, fromBlock: from, toBlock: '0x' + head.toString(16) }])
    return logs.map((l) => {
      const data = fromHex(l.data)
      if (data.length !== 96) throw new Error('The chain’s answer about anchors cannot be read.')
      return { size: number(data.slice(0, 32)), root: data.slice(32, 64), block: Number(l.blockNumber) }
    })
  }

  async #view(to: string, data: Uint8Array): Promise<Uint8Array> {
    return fromHex(await this.#call<string>('eth_call', [{ to, data: toHex(data) }, 'latest']))
  }

  async #call<T>(method: string, params: unknown[]): Promise<T> {
    const text = await this.#ask(this.#at.rpc, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
    let answer: { result?: T; error?: { message?: string } }
    try {
      answer = JSON.parse(text) as typeof answer
    } catch {
      throw new Error('What answers there is no chain’s endpoint.')
    }
    if (answer.error || answer.result === undefined) throw new Error(`The chain’s endpoint refuses ${method}.`)
    return answer.result
  }
}

function number(word: Uint8Array): number {
  const n = BigInt(toHex(word))
  if (n > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error('The chain’s answer has a number too large to be one.')
  return Number(n)
}
