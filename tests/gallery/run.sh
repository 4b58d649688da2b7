#!/usr/bin/env bash
# Configs that must be refused, each with the message it must be refused with.
#
#   run.sh LIQUIDUS [--update]
#
# NAME.expected is what `liquidus check NAME.yaml` writes to standard error, byte for byte; where
# there is no NAME.yaml beside it, a function below makes the file. Every case must end in
# time with its exit status, print nothing on standard output and leave no file behind.
# --update writes the messages anew: read the difference before committing it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$(readlink -f "${1:?usage: run.sh LIQUIDUS [--update]}")
update=${2:-}
limit=20 # seconds: of the sanitized program, on a busy machine
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
work=$scratch/work output=$scratch/output
mkdir "$work" "$output"

# What root may read tells nothing about permissions, so root runs the cases as nobody.
as_user=()
if [ "$(id -u)" = 0 ]; then
    as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    chmod 755 "$scratch"
    if ! "${as_user[@]}" test -x "$program"; then
        install -m 755 "$program" "$scratch/liquidus" && program=$scratch/liquidus
    fi
    # A tree in root's own folder is closed to nobody; the packs are what it needs of it.
    packs=$(readlink -f "$here/../../configs/data")
    if ! "${as_user[@]}" test -r "$packs/market.yaml"; then
        cp -r "$packs" "$scratch/data" && chmod -R a+rX "$scratch/data"
        export LIQUIDUS_DATA=$scratch/data
    fi
fi

repeat() { # TEXT TIMES
    yes -- "$1" | tr -d '\n' | head -c $((${#1} * $2))
}

offers='offers: [{id: google, company: google, base: $285K}]'

# Files that no repository should hold: too large, not text, or not files.
generate() { # FOLDER
    cd "$1" || exit 1
    repeat '[' 400000 > brackets-400kb.yaml
    repeat '[' 10000000 > brackets-10mb.yaml
    repeat '{a: ' 300000 > braces.yaml
    repeat '- ' 300000 > dashes.yaml
    { echo 'offers:'; yes -- '- 1' | head -n 300000; } > long-list.yaml
    seq -f 'key%.0f: 1' 100000 > many-keys.yaml
    yes '%TAG !a! tag:example.org,2000:' | head -n 100000 > directives.yaml
    repeat ' ' 5000000 > blank-5mb.yaml
    printf 'schema: liquidus/1\ntitle: a\0b\n%s\n' "$offers" > nul.yaml
    printf 'schema: liquidus/1\ntitle: caf\351\n%s\n' "$offers" > latin-1.yaml
    printf '\377\376s\0c\0h\0e\0m\0a\0' > utf-16.yaml
    printf 'schema: liquidus/1\ntitle: \033[2Jgone\n%s\n' "$offers" > control-characters.yaml
    head -c 65536 /dev/zero > zeros.yaml
    printf 'schema: liquidus/1\n%s\n' "$offers" > unreadable.yaml
    chmod 000 unreadable.yaml
    mkdir folder.yaml
    mkfifo pipe.yaml
    ln -s /dev/null device.yaml
    ln -s loop.yaml loop.yaml
    mkdir long && for i in $(seq 9); do
        printf 'include: %d.yaml\n' $((i + 1)) > "long/$i.yaml"
    done
    printf 'schema: liquidus/1\ninclude: long/1.yaml\n%s\n' "$offers" > include-chain.yaml
}


cp "$here"/*.yaml "$work"
cp -r "$here"/parts "$work"
generate "$work"
chmod -R a+rX "$work"
chmod 000 "$work/unreadable.yaml"

listing() {
    find "$work" -mindepth 1 -printf '%p %y %s %T@\n' | sort
}
before=$(listing)

run=0 bad=0
complain() { # NAME TEXT
    echo "$1: $2" >&2
    bad=$((bad + 1))
}

cases() {
    if [ -n "$update" ]; then (cd "$work" && ls -d -- *.yaml; echo nowhere.yaml)
    else (cd "$here" && ls -- *.expected)
    fi | sed 's/\.[a-z]*$//' | sort -u
}

for name in $(cases); do
    cd "$work" || exit 1
    timeout "$limit" "${as_user[@]}" "$program" check "$name.yaml" \
        > "$output/out" 2> "$output/err" < /dev/null
    status=$?
    run=$((run + 1))
    [ $status = 124 ] && complain "$name" "still running after $limit s"
    [ $status = 2 ] || complain "$name" "exit status $status, want 2"
    [ -s "$output/out" ] && complain "$name" "wrote to standard output"
    [ -s "$output/err" ] || complain "$name" "said nothing"
    if [ -n "$update" ]; then cp "$output/err" "$here/$name.expected"
    elif ! cmp -s "$output/err" "$here/$name.expected"; then
        complain "$name" "another message"
        diff -u "$here/$name.expected" "$output/err" | head -n 20 >&2
    fi
done

[ "$(listing)" = "$before" ] || complain "all" "files were written or changed"
for file in "$here"/*.yaml; do
    [ -e "${file%.yaml}.expected" ] || complain "$(basename "$file")" "no message is expected"
done
echo "$run bad configs, $bad complaints"
[ $bad = 0 ]
