#!/usr/bin/env bash
# Installs a build to a scratch prefix, moves it (nothing may depend on its place), and builds the
# consumer against it in both ways.
# usage: consume.bash CMAKE BUILD_DIR COMPILER VERSION
set -euo pipefail
cmake=$1 build=$2 compiler=$3 version=$4
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$cmake" --install "$build" --prefix "$scratch/first" >"$scratch/install.log"
mv "$scratch/first" "$scratch/prefix"
prefix=$scratch/prefix
config=$prefix/share/liquidus/configs/quickstart.yaml
export LIQUIDUS_DATA=$prefix/share/liquidus/data

expect() { # WHAT GOT WANT
    [ "$2" = "$3" ] && return 0
    printf '%s: got "%s", want "%s"\n' "$1" "$2" "$3" >&2
    exit 1
}

"$cmake" -G Ninja -S "$here/consumer" -B "$scratch/build" -DCMAKE_C_COMPILER="$compiler" \
    -DCMAKE_PREFIX_PATH="$prefix" >"$scratch/configure.log"
"$cmake" --build "$scratch/build" >"$scratch/build.log"
expect "built by CMake" "$("$scratch/build/consumer" "$config")" "$version: 3 offers"

pc=$(dirname "$(find "$prefix" -name liquidus.pc)")
export PKG_CONFIG_PATH=$pc
expect "pkg-config version" "$(pkg-config --modversion liquidus)" "$version"
# shellcheck disable=SC2046 # flags are words
"$compiler" -std=c11 -Wall -Wextra -Werror "$here/consumer/consumer.c" -o "$scratch/by-pc" \
    $(pkg-config --cflags --libs liquidus)
expect "built by pkg-config" "$("$scratch/by-pc" "$config")" "$version: 3 offers"

for file in bin/liquidus include/liquidus/status.h share/liquidus/data \
    share/doc/liquidus/LICENSE; do
    [ -e "$prefix/$file" ] || { echo "not installed: $file" >&2; exit 1; }
done
# The command, with the packs and a config that were installed with it.
expect "--version" "$("$prefix/bin/liquidus" --version | head -n 1 | cut -d ' ' -f 1-2)" \
    "liquidus $version"
"$prefix/bin/liquidus" check "$config" >"$scratch/check.log"
# No header of the public folder needs anything that is not installed.
for header in "$prefix"/include/liquidus/*.h; do
    "$compiler" -std=c11 -Wall -Wextra -Werror -fsyntax-only -I "$prefix/include" -x c "$header"
done
echo "the installed tree serves CMake and pkg-config"
