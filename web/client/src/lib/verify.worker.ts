// Runs the node's verifier away from the page, so that the page stays awake.
// It is Go compiled to WebAssembly: /wasm_exec.js starts it, and it leaves a
// function candorVerify behind, and candorOpens for revealed models.

interface GoRuntime {
  importObject: WebAssembly.Imports
  run(instance: WebAssembly.Instance): Promise<void>
}

type Question = string | { document: string; commitment: string }

interface Scope {
  Go?: new () => GoRuntime
  candorVerify?: (bundle: string) => string
  candorOpens?: (document: string, commitment: string) => string
  importScripts(url: string): void
  onmessage: ((e: MessageEvent<Question>) => void) | null
  postMessage(message: unknown): void
}

const scope = globalThis as unknown as Scope

scope.onmessage = (e) => {
  verify(e.data).then(
    (ok) => scope.postMessage(ok),
    (err: unknown) => scope.postMessage({ failed: err instanceof Error ? err.message : String(err) }),
  )
}

async function verify(question: Question) {
  const started = performance.now()
  if (!scope.candorVerify || !scope.candorOpens) await start()
  const loaded = performance.now()
  const said = typeof question === 'string' ? scope.candorVerify!(question) : scope.candorOpens!(question.document, question.commitment)
  const result = JSON.parse(said) as unknown
  return { result, loadMs: loaded - started, verifyMs: performance.now() - loaded, verifierBytes: bytes() }
}

// Bytes of the verifier, compressed as it came.
const bytes = (): number =>
  performance.getEntriesByType('resource').reduce((n, e) => (e.name.endsWith('/verify.wasm') ? (e as PerformanceResourceTiming).encodedBodySize : n), 0)

async function start(): Promise<void> {
  const missing = 'This node serves no verifier for browsers. Verify on the command line instead.'
  const response = await fetch('/verify.wasm')
  if (!response.ok || response.headers.get('Content-Type')?.startsWith('text/html')) throw new Error(missing)
  try {
    scope.importScripts('/wasm_exec.js')
  } catch {
    throw new Error(missing)
  }
  if (!scope.Go) throw new Error(missing)
  const go = new scope.Go()
  const streamed = response.headers.get('Content-Type')?.startsWith('application/wasm')
  const { instance } = streamed
    ? await WebAssembly.instantiateStreaming(response, go.importObject)
    : await WebAssembly.instantiate(await response.arrayBuffer(), go.importObject)
  void go.run(instance)
  for (let tries = 0; tries < 200; tries++) {
    if (scope.candorVerify && scope.candorOpens) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('The verifier started and offered nothing. Reload the page and try again.')
}
