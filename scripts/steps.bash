# What the scripts share: the project's folder, and steps that say what they do and how long it
# took. Sourced, not run.
# shellcheck shell=bash disable=SC2034

export LC_ALL=C.UTF-8 # the one locale that every Debian has
# Several programs share the processors here: a thread that waits gives its own away.
export OMP_WAIT_POLICY=passive
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=$(nproc)
started=$EPOCHREALTIME

# seconds_since T: seconds since an earlier $EPOCHREALTIME, with one decimal.
seconds_since() {
    local tenths=$(((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 100000))
    printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

# step TEXT COMMAND...: says TEXT, runs the command, says the time; ends the script if it failed.
# A function run by it must return its failures: errexit is off in there.
step() {
    local text=$1 begun=$EPOCHREALTIME status=0
    shift
    printf '\n==> %s\n' "$text"
    "$@" || status=$?
    if [ "$status" -ne 0 ]; then
        printf '==> FAILED with status %d after %s s: %s\n' "$status" "$(seconds_since "$begun")" \
            "$text" >&2
        exit 1
    fi
    printf '    %s s\n' "$(seconds_since "$begun")"
}

# quietly LOG COMMAND...: keeps the output in a file, and shows its end only on failure.
quietly() {
    local log=$1 status=0
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 || status=$?
    [ "$status" -eq 0 ] || { tail -n 60 "$log" >&2; echo "(all of it: $log)" >&2; }
    return "$status"
}

# configure PRESET; compile PRESET [ARGUMENT OF cmake --build]...: as in CMakePresets.json. A build
# folder that came with a copied tree, and names another place, is configured afresh.
configure() {
    quietly "build/$1/configure.log" cmake --preset "$1" 2>/dev/null ||
        quietly "build/$1/configure.log" cmake --fresh --preset "$1"
}
compile() {
    local preset=$1
    shift
    quietly "build/$preset/build.log" cmake --build --preset "$preset" "$@"
}
