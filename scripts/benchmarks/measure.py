"""What `liquidus bench` finds, the machine it ran on, and how long a run takes to start:
results/bench/bench.json."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = TOP / "build/release/src/cli/liquidus"
FOLDER = TOP / "results/bench"
START_TRIES = 7


def first_match(path, pattern, default):
    try:
        found = re.search(pattern, pathlib.Path(path).read_text(), re.M)
    except OSError:
        found = None
    return found.group(1).strip() if found else default


def words_of(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def machine():
    release = first_match("/etc/os-release", r'^PRETTY_NAME="?([^"\n]+)', "Linux")
    return {"processor": first_match("/proc/cpuinfo", r"^model name\s*:\s*(.+)$", "unknown"),
            "processors": len(os.sched_getaffinity(0)),
            "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
            "system": release,
            "compiler": "gcc " + words_of("gcc", "-dumpfullversion"),
            "program": words_of(str(PROGRAM), "--version"),
            "load_before": round(os.getloadavg()[0], 2)}


def run(config, *options):
    """One `liquidus run` from exec to exit: seconds of the wall and of the processors, peak memory
    in MB."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(PROGRAM), "run", str(config), "-q", "--no-turning",
                   "-o", f"{folder}/result.h5", *options]
        start = time.monotonic()
        child = subprocess.Popen(command)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise SystemExit(f"failed: {' '.join(command)}")
    return {"wall_s": wall, "cpu_s": usage.ru_utime + usage.ru_stime,
            "peak_mb": usage.ru_maxrss / 1024}


def process_ms():
    """Until the program has begun: `liquidus --version` from exec to exit."""
    walls = []
    for _ in range(START_TRIES):
        start = time.monotonic()
        words_of(str(PROGRAM), "--version")
        walls.append(time.monotonic() - start)
    return 1000 * min(walls)


def small_run_ms():
    """A whole run of 64 paths, with its result file."""
    w1 = TOP / "configs/bench/w1.yaml"
    return 1000 * min(run(w1, "--paths", "64")["wall_s"] for _ in range(START_TRIES))


def write():
    found = {"machine": machine(), "date": time.strftime("%Y-%m-%d", time.gmtime())}
    found["process_ms"], found["small_run_ms"] = process_ms(), small_run_ms()
    out = subprocess.run([str(PROGRAM), "bench", "--json"], capture_output=True, text=True,
                         check=True).stdout
    found["bench"] = json.loads(out)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "bench.json").write_text(json.dumps(found, indent=1) + "\n")
