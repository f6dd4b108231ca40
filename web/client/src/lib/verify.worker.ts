// Runs the node's verifier away from the page, so that the page stays awake.
// It is Go compiled to WebAssembly: /wasm_exec.js starts it, and it leaves a
// function candorVerify behind.

interface GoRuntime {
  importObject: WebAssembly.Imports
  run(instance: WebAssembly.Instance): Promise<void>
}

interface Scope {
  Go?: new () => GoRuntime
  candorVerify?: (bundle: string) => string
  importScripts(url: string): void
  onmessage: ((e: MessageEvent<string>) => void) | null
  postMessage(message: unknown): void
}

const scope = globalThis as unknown as Scope

scope.onmessage = (e) => {
  verify(e.data).then(
    (ok) => scope.postMessage(ok),
    (err: unknown) => scope.postMessage({ failed: err instanceof Error ? err.message : String(err) }),
  )
}

async function verify(bundle: string) {
  const started = performance.now()
  const candorVerify = scope.candorVerify ?? (await start())
  const loaded = performance.now()
  const result = JSON.parse(candorVerify(bundle)) as unknown
  return { result, loadMs: loaded - started, verifyMs: performance.now() - loaded, verifierBytes: bytes() }
}

// Bytes of the verifier, compressed as it came.
const bytes = (): number =>
  performance.getEntriesByType('resource').reduce((n, e) => (e.name.endsWith('/verify.wasm') ? (e as PerformanceResourceTiming).encodedBodySize : n), 0)

async function start(): Promise<(bundle: string) => string> {
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
    if (scope.candorVerify) return scope.candorVerify
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('The verifier started and offered nothing. Reload the page and try again.')
}
