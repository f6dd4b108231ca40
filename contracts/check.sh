#!/bin/sh
# Regenerates the bindings elsewhere and fails when they differ from those here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

"$here/generate.sh" "$fresh"
for name in socialgraph registry runlog verifier; do
	diff -u "$here/$name.go" "$fresh/$name.go" || {
		echo "contracts/$name.go does not fit contracts/src: run contracts/generate.sh and commit" >&2
		exit 1
	}
done
