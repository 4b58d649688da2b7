"""What expanding exits, mirrored pairs and control variates gain on the shipped configs, and whether
they leave the answers as they are: results/bench/stories.json.

A gain is the ratio of squared standard error times time of a path, plain over other: how many times
as fast the same error is reached. Time is processor time of one thread (user), what a run costs
before its first path taken off by a run of few paths; of so many paths that they take half a second,
since what a run costs is not the same from run to run. Errors are those that the program states."""
import json
import math
import pathlib
import resource
import subprocess
import tempfile

from .measure import FOLDER, PROGRAM, TOP

FEW, MANY, MOST = 4096, 65536, 1 << 22
LONG = 0.5  # seconds
SEEDS = (1, 2, 3)  # of the reductions
SAMPLINGS = ("random", "sobol")
FIGURES = ("mean", "q05", "p_beats", "ce")
SHARED = ("simulation.worlds=1",)  # every run of a seed is in the same world
STORIES = (*sorted(TOP.glob("configs/*.yaml")), *sorted(TOP.glob("configs/mechanisms/*.yaml")),
           TOP / "configs/bench/w0.yaml", TOP / "configs/bench/w1.yaml")
REDUCED = ("configs/bench/w0.yaml", "configs/bench/w1.yaml", "configs/quickstart.yaml",
           "configs/staff-hugging-face.yaml")
REDUCTIONS = {"plain": (), "antithetic": ("simulation.antithetic=true",),
              "controls": ("simulation.controls=true",),
              "both": ("simulation.antithetic=true", "simulation.controls=true")}


def run(config, paths, seed, settings):
    """(what `run --json` says, user seconds) of one run on one thread."""
    changes = [f"simulation.seed={seed}", *settings]
    with tempfile.TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = subprocess.run(
            [str(PROGRAM), "run", str(config), "--paths", str(paths), "--threads", "1", "--no-turning",
             "--json", "-q", "-o", f"{folder}/out.h5", *(x for c in changes for x in ("--set", c))],
            capture_output=True, text=True, check=False)
        seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    if done.returncode:
        raise SystemExit(f"{config} {changes}: {done.stderr}")
    return json.loads(done.stdout), seconds


def figures(result):
    """(value, standard error) of each figure: of the first pair, or of the only offer."""
    if result["pairs"]:
        pair = result["pairs"][0]
        law, beats, worth = pair["difference"], pair["p_a_beats_b"], pair["ce_difference"]
        mean = (law["mean"], law["mean_se"])
    else:
        offer = result["offers"][0]
        law, beats, worth = offer["total"], None, offer["certainty_equivalent_chosen"]
        mean = (law["mean"]["value"], law["mean"]["se"])
    errors = law.get("quantiles_se") or {}
    found = {"mean": mean, "q05": (law["quantiles"]["0.05"], errors.get("0.05")),
             "p_beats": beats and (beats["value"], beats["se"]), "ce": (worth["value"], worth["se"])}
    return {name: pair for name, pair in found.items() if pair and pair[1] is not None}


def time_of_path(config, settings):
    """Nanoseconds of one path more."""
    paths, few, taken = MANY, run(config, FEW, 1, settings)[1], 0.0
    while True:
        taken = run(config, paths, 1, settings)[1] - few
        if taken >= LONG or paths >= MOST:
            return max(taken, 1e-3) / (paths - FEW) * 1e9
        paths *= 4


def measure(config, seeds, settings, ns_per_path=None):
    """Errors (root mean square over the seeds), mean figures and time of a path of one way, unless it
    is known."""
    all_found = []
    for seed in seeds:
        result, _ = run(config, MANY, seed, settings)
        all_found.append(figures(result))
    return {"exits": result["exits"], "worlds": result["worlds"],
            "ns_per_path": ns_per_path or time_of_path(config, settings),
            "value": {f: sum(a[f][0] for a in all_found) / len(all_found) for f in all_found[0]},
            "se": {f: math.sqrt(sum(a[f][1]**2 for a in all_found) / len(all_found)) for f in all_found[0]},
            "seeds": len(seeds)}


def gains(plain, other):
    """Of each figure that has an error both ways."""
    time = plain["ns_per_path"] / other["ns_per_path"]
    return {f: (plain["se"][f] / other["se"][f])**2 * time
            for f in plain["se"] if plain["se"][f] > 0 and other["se"].get(f, 0) > 0}


def scores(plain, other):
    """Differences of the figures in standard errors of both."""
    found = {}
    for f, value in plain["value"].items():
        error = math.hypot(plain["se"][f], other["se"][f]) / math.sqrt(plain["seeds"])
        found[f] = (other["value"][f] - value) / error if error > 0 else 0.0
    return found


def story(config):
    """Exits drawn against exits expanded: in one world for the answers and the paths' own errors, and
    with the worlds that the config has."""
    chosen, _ = run(config, FEW, 1, ("simulation.sampling=sobol",))
    row = {"auto": chosen["exits"], "worlds": chosen["worlds"]}
    for sampling in SAMPLINGS:
        ways = [measure(config, (1,), (f"simulation.sampling={sampling}", f"simulation.expansion={x}",
                                       *SHARED)) for x in ("off", "on")]
        row[sampling] = {"off_ns": ways[0]["ns_per_path"], "on_ns": ways[1]["ns_per_path"],
                         "gain": gains(*ways), "z": scores(*ways)}
        row["expanded"] = ways[1]["exits"]
    if row["worlds"] > 1:
        ways = [measure(config, (1,), ("simulation.sampling=sobol", f"simulation.expansion={x}"),
                        row["sobol"][f"{x}_ns"]) for x in ("off", "on")]
        row["with_worlds"] = {"gain": gains(*ways), "z": scores(*ways)}
    return row


def reduction(config):
    plain = measure(config, SEEDS, SHARED)
    rows = {}
    for name, settings in REDUCTIONS.items():
        way = plain if name == "plain" else measure(config, SEEDS, (*settings, *SHARED))
        rows[name] = {"ns": way["ns_per_path"], "se": way["se"], "gain": gains(plain, way),
                      "z": scores(plain, way)}
    return rows


def name_of(config):
    return str(pathlib.Path(config).relative_to(TOP / "configs").with_suffix(""))


def write():
    found = {"paths": MANY, "stories": {}, "reductions": {}}
    for config in STORIES:
        found["stories"][name_of(config)] = story(config)
        print(name_of(config), found["stories"][name_of(config)], flush=True)
    for config in REDUCED:
        found["reductions"][name_of(TOP / config)] = reduction(TOP / config)
        print(config, found["reductions"][name_of(TOP / config)], flush=True)
    (FOLDER / "stories.json").write_text(json.dumps(found, indent=1) + "\n")
