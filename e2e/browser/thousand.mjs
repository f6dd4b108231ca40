// Runs a Go test binary, built for browsers, in Chromium and prints what it prints:
//
//   CHROMIUM=/usr/bin/chromium node thousand.mjs verify.test.wasm wasm_exec.js ARGUMENT...
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { chromium } from 'playwright-core'

const [wasm, exec, ...args] = process.argv.slice(2)
const page = `<!doctype html><script src="/exec.js"></script><script>
const go = new Go()
go.argv = ${JSON.stringify(['test', ...args])}
go.exit = (code) => console.log('exit ' + code)
WebAssembly.instantiateStreaming(fetch('/test.wasm'), go.importObject).then(({ instance }) => go.run(instance))
</script>`
const files = {
  '/': ['text/html', page], '/exec.js': ['text/javascript', readFileSync(exec)], '/test.wasm': ['application/wasm', readFileSync(wasm)],
}
const server = createServer((q, a) => {
  const [type, body] = files[q.url] ?? ['text/plain', '']
  a.setHeader('Content-Type', type).end(body)
})
await new Promise((up) => server.listen(0, '127.0.0.1', up))
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] })
const tab = await browser.newPage()
const code = new Promise((done) => tab.on('console', (m) => {
  const exit = /^exit (\d+)$/.exec(m.text())
  if (exit) done(Number(exit[1]))
  else console.log(m.text())
}))
await tab.goto(`http://127.0.0.1:${server.address().port}/`)
process.exitCode = await code
await browser.close()
server.close()
