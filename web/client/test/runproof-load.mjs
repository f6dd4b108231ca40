// The run proof's verifier as one plain module, all of its files being the same to
// everyone who asks: runs as fast as the built client does.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const files = [
  'field', 'points', 'generators', 'layout', 'transcript', 'statement', 'registered', 'proof', 'replay', 'lookups',
  'openings', 'relations', 'judge', 'groth16', 'registration', 'verify',
]
const entry = 'virtual:runproof'

/** Each file of src/runproof by its name. */
export async function loadRunProof() {
  const result = await build({
    root, configFile: false, logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: true, write: false, target: 'es2022', rollupOptions: { input: entry } },
    plugins: [{
      name: 'runproof',
      resolveId: (id) => (id === entry ? `\0${entry}` : undefined),
      load: (id) => (id === `\0${entry}` ? files.map((f) => `export * as ${f} from '${root}src/runproof/${f}.ts'`).join('\n') : undefined),
    }],
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (output.output.length !== 1) throw new Error('The verifier did not become one file.')
  const dir = mkdtempSync(join(tmpdir(), 'candor-runproof-'))
  try {
    const file = join(dir, 'runproof.mjs')
    writeFileSync(file, output.output[0].code)
    return await import(pathToFileURL(file).href)
  } finally {
    rmSync(dir, { recursive: true })
  }
}
