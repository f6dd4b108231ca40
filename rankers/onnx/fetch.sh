#!/bin/sh
# Fetch the pinned ONNX Runtime for this machine into the directory $1 and print the
# library's path. Nothing of the package is run: it is unpacked and compared with its hash.
set -eu
version=1.30.0
package=6e3390d6b783e7be946fad629292799da28d0b42f84856e50d2c1b0383291e75
case "$(uname -sm)" in
"Linux x86_64") part=linux/x64 library=ffb75a925ba05e47b235bb66e3e3911714a80b328a9c9425539feb204aa32a23 ;;
"Linux aarch64") part=linux/arm64 library=1f549d46250b005580b597f4164984aaf75b3bcb9f3aeb07c7f8a8fe60b23c76 ;;
*) echo "ONNX Runtime $version is pinned for Linux on x86-64 and arm64, not for $(uname -sm): its tests are left out" >&2; exit 2 ;;
esac
mkdir -p "$1"
cd "$1"
file=$PWD/libonnxruntime.so.1
same() { echo "$1  $2" | sha256sum -c --status; }
if ! { [ -f "$file" ] && same "$library" "$file"; }; then
	npm pack "onnxruntime-node@$version" --ignore-scripts --silent >/dev/null || {
		echo "ONNX Runtime $version cannot be fetched from the npm registry: its tests are left out" >&2; exit 2; }
	tgz=onnxruntime-node-$version.tgz
	same "$package" "$tgz" || { echo "$tgz is not the pinned one: do not use it" >&2; exit 1; }
	tar xzOf "$tgz" "package/bin/napi-v6/$part/libonnxruntime.so.1" >"$file.part"
	same "$library" "$file.part" || { echo "the library in $tgz is not the pinned one" >&2; exit 1; }
	mv "$file.part" "$file"
	rm "$tgz"
fi
echo "$file"
