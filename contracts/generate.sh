#!/bin/sh
# Compiles the contracts and writes the Go bindings beside this file, or into the
# directory named as first argument.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=${1:-$here}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$here"
[ -d node_modules/solc ] || npm ci --silent --no-audit --no-fund
node build.mjs "$work"
for name in SocialGraph Registry RunLog Verifier; do
	file=$(echo "$name" | tr '[:upper:]' '[:lower:]').go
	go run github.com/ethereum/go-ethereum/cmd/abigen --v2 --pkg contracts --type "$name" \
		--abi "$work/$name.abi" --bin "$work/$name.bin" --out "$to/$file"
	gofmt -w "$to/$file"
done
