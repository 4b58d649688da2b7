#!/usr/bin/python3
"""Every call that a bad disk can fail fails, once and for ever: an error message, the old file as
it was or the new one whole, nothing left behind. Then a disk that is full, where root may mount.

usage: check_faults.py MAKE_FILE FAIL_CALL.so WORK_DIR
"""
import os
import shutil
import subprocess
import sys
import tempfile

MESSAGE = ": expected "  # what an error of ours says, whatever failed


def run(program, out, env=None):
    return subprocess.run([program, out], env={**os.environ, **(env or {})}, text=True,
                          capture_output=True, timeout=60)


def content(path):
    with open(path, "rb") as file:
        return file.read()


def count_calls(program, library, folder, out):
    counter = os.path.join(os.path.dirname(folder), "count")
    done = run(program, out, {"LD_PRELOAD": library, "LQ_FAIL_UNDER": folder,
                              "LQ_FAIL_COUNT": counter})
    assert done.returncode == 0, done.stderr
    return int(content(counter))


def check_calls(program, library, work):
    """Both with an old file there and without."""
    folder = os.path.join(work, "faults")
    os.makedirs(folder)
    out = os.path.join(folder, "a.h5")
    n_calls = count_calls(program, library, folder, out)
    whole, refused, points = content(out), 0, 0
    for old in (True, False):
        for always in (False, True):
            for at in range(1, n_calls + 1):
                if not old:
                    os.path.exists(out) and os.unlink(out)
                env = {"LD_PRELOAD": library, "LQ_FAIL_UNDER": folder, "LQ_FAIL_AT": str(at)}
                done = run(program, out, {**env, "LQ_FAIL_ALWAYS": "1"} if always else env)
                where = f"call {at} of {n_calls}, always {always}, old {old}: {done.stderr}"
                # a file that may not be made is a bad name, all else a bad disk
                made = "a file that can be written, got Permission denied" not in done.stderr
                fault = 3 if made else 2
                assert done.returncode in (0, fault), f"{done.returncode} at {where}"
                assert done.returncode == 0 or MESSAGE in done.stderr, where
                left = set(os.listdir(folder))
                assert left <= {"a.h5"}, f"{left} at {where}"
                assert not left or content(out) == whole, f"a half file at {where}"
                assert left or (not old and done.returncode == fault), f"nothing left at {where}"
                refused += done.returncode == fault
                points += 1
    print(f"{points} points, {refused} refused, 0 crashes, 0 half files")
    assert refused > points // 2


def check_full_disk(program, work):
    """A tmpfs of every size in pages, up to one that fits."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        return print("not root: no full disk")
    folder = os.path.join(work, "disk")
    os.makedirs(folder)
    fits = refused = 0
    for kib in list(range(4, 40, 4)) + list(range(40, 1700, 80)):
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "none", folder],
                          capture_output=True).returncode != 0:
            return print("cannot mount: no full disk")
        try:
            out = os.path.join(folder, "a.h5")
            done = run(program, out)
            assert done.returncode in (0, 3), (kib, done.returncode, done.stderr)
            if done.returncode == 3:
                assert "No space left on device" in done.stderr, done.stderr
                assert os.listdir(folder) == [], (kib, os.listdir(folder))
                refused += 1
            else:
                fits += 1
        finally:
            subprocess.run(["umount", folder], check=True)
    print(f"{refused} sizes refused, {fits} fit")
    assert refused > 5 and fits > 0


def main():
    program, library, parent = sys.argv[1:4]
    assert os.path.exists(library), f"{library} is not built"
    os.makedirs(parent, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent) as work:
        check_full_disk(program, work)
        check_calls(program, library, work)


if __name__ == "__main__":
    main()
