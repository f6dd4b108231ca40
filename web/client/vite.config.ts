import { svelte } from '@sveltejs/vite-plugin-svelte'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

// `npm run dev` serves the client with hot reload before a node that runs elsewhere.
const node = process.env.CANDOR_URL ?? 'http://127.0.0.1:8080'

const outDir = fileURLToPath(new URL('../dist', import.meta.url))

// The browser's verifier is built into the same directory, so that it may not be
// emptied: only what earlier builds of the client left goes.
const sweep: Plugin = {
  name: 'sweep',
  apply: 'build',
  buildStart: () => rmSync(outDir + '/assets', { recursive: true, force: true }),
}

export default defineConfig({
  plugins: [svelte(), sweep],
  build: {
    outDir, // which the Go binary embeds
    emptyOutDir: false,
    target: 'es2022',
    // Everything is a file of the node's own: no data: URI, no inline script,
    // so that a strict Content-Security-Policy fits.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'iife' },
  server: { proxy: { '/api': node, '/log': node, '/verify.wasm': node, '/wasm_exec.js': node } },
})
