import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

// `npm run dev` serves the client with hot reload before a node that runs elsewhere.
const node = process.env.CANDOR_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [svelte()],
  build: {
    // The Go binary embeds web/dist. Emptying it takes its .keep away, and
    // public/.keep puts it back.
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Everything is a file of the node's own: no data: URI, no inline script,
    // so that a strict Content-Security-Policy fits.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'iife' },
  server: { proxy: { '/api': node, '/verify.wasm': node, '/wasm_exec.js': node } },
})
