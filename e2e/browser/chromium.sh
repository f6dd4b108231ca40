#!/bin/sh
# Prints the path of a Chromium: $CHROMIUM, one on the path, or Debian's package
# when this runs as root. Fails with one line that says what to do.
set -eu
found() { [ -n "$1" ] && command -v "$1" 2>/dev/null; }
if [ -n "${CHROMIUM:-}" ]; then
  found "$CHROMIUM" && exit 0
  echo "CHROMIUM names $CHROMIUM, which does not run: point it at a Chromium" >&2
  exit 1
fi
for name in chromium chromium-browser google-chrome; do
  found "$name" && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing Debian's chromium" >&2
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1 || true
  found chromium && exit 0
fi
echo "the browser tests need Chromium: run 'sudo apt-get install chromium', or set CHROMIUM to its path" >&2
exit 1
