// Compiles src/*.sol with the pinned solc into DIR/NAME.abi and DIR/NAME.bin
// for generate.sh; DIR is the argument. Any warning is an error.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import solc from 'solc';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) {
  console.error('name the directory to write to: node build.mjs DIR');
  process.exit(2);
}

const sources = {};
for (const name of readdirSync(join(here, 'src')).filter((n) => n.endsWith('.sol')).sort()) {
  sources[name] = { content: readFileSync(join(here, 'src', name), 'utf8') };
}

const result = JSON.parse(solc.compile(JSON.stringify({
  language: 'Solidity',
  sources,
  settings: {
    evmVersion: 'cancun',
    metadata: { bytecodeHash: 'none', appendCBOR: false },
    viaIR: true, // the events of posts have more words than the plain stack holds
    optimizer: { enabled: true, runs: 10000 },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
  },
})));

if (result.errors?.length) {
  for (const e of result.errors) console.error(e.formattedMessage);
  process.exit(1);
}

mkdirSync(out, { recursive: true });
for (const file of Object.values(result.contracts)) {
  for (const [name, contract] of Object.entries(file)) {
    if (contract.evm.bytecode.object === '') continue; // an interface
    writeFileSync(join(out, `${name}.abi`), JSON.stringify(contract.abi));
    writeFileSync(join(out, `${name}.bin`), contract.evm.bytecode.object);
  }
}
