#!/usr/bin/python3
"""Draws invented results with scripts/plot.py and looks at the files: there, and not blank.

usage: check_plots.py SOURCE_DIR WORK_DIR
"""
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml

import matplotlib.image
import numpy as np

PICTURES = ["distributions", "cumulative", "difference", "fans", "timing", "page"]


def run(*command):
    return subprocess.run(["/usr/bin/python3", *command], capture_output=True, text=True)


def draw(source, work, name, *options):
    """Makes a result and draws it; gives the folder and what was said on standard error."""
    result, folder = os.path.join(work, name + ".h5"), os.path.join(work, name)
    made = run(os.path.join(source, "tests/store/make_result.py"), result, *options)
    assert made.returncode == 0, made.stderr
    shutil.rmtree(folder, ignore_errors=True)  # of the last time
    drawn = run(os.path.join(source, "scripts/plot.py"), result, "-o", folder, "--dpi", "60")
    assert drawn.returncode == 0, drawn.stderr
    assert drawn.stdout.startswith("Wrote ") and drawn.stdout.endswith(f" (png, svg) into {folder}/\n")
    return folder, drawn.stderr


def ink(path):
    """Share of pixels that are not white."""
    pixels = matplotlib.image.imread(path)[:, :, :3]
    return float(np.mean(np.any(pixels < 0.97, axis=2)))


def words(path):
    return " ".join("".join(t.itertext()) for t in xml.parse(path).iter()
                    if t.tag.endswith("}text"))


def check_pictures(folder, names):
    for name in names:
        png, svg = os.path.join(folder, name + ".png"), os.path.join(folder, name + ".svg")
        assert ink(png) > 0.01, f"{png} is blank"
        said = words(svg)
        assert "Not financial, tax or legal advice" in said, f"{svg}: no footer"
        assert "futures" in said and "seed 2026" in said, f"{svg}: no facts"


def main():
    source, work = sys.argv[1:3]
    os.makedirs(work, exist_ok=True)

    folder, said = draw(source, work, "six")
    check_pictures(folder, PICTURES)
    assert not said, said
    assert "$" in words(os.path.join(folder, "distributions.svg"))
    plot = os.path.join(source, "scripts/plot.py")
    again = run(plot, os.path.join(work, "six.h5"), "-o", folder, "--format", "svg", "--dpi", "60")
    assert "(svg) into" in again.stdout and "; 6 of 6 files replaced older ones\n" in again.stdout

    folder, said = draw(source, work, "twelve", "--offers", "12")
    check_pictures(folder, PICTURES)
    assert "Not drawn, for room" in words(os.path.join(folder, "cumulative.svg"))
    # four private companies: two are on the page, all in the picture of their own
    assert "the exits of openai, seedling." in words(os.path.join(folder, "page.svg"))
    assert "the exits of" not in words(os.path.join(folder, "timing.svg"))

    folder, said = draw(source, work, "two", "--offers", "2")
    check_pictures(folder, ["distributions", "cumulative", "difference", "fans", "page"])

    folder, said = draw(source, work, "bare", "--only", "offers,manifest")
    check_pictures(folder, ["distributions", "cumulative", "fans", "page"])
    assert "difference is skipped" in said and "Traceback" not in said, said
    assert not os.path.exists(os.path.join(folder, "difference.png"))

    refused = run(plot, plot, "-o", os.path.join(work, "none"))
    assert refused.returncode == 2 and "Traceback" not in refused.stderr, refused.stderr
    refused = run(plot, os.path.join(work, "six.h5"), "--format", "bmp")
    assert refused.returncode == 2 and "expected png" in refused.stderr, refused.stderr
    # -S: a Python that finds none of the packages
    refused = run("-S", plot, os.path.join(work, "six.h5"))
    assert refused.returncode == 1 and "Traceback" not in refused.stderr, refused.stderr
    assert "python3-matplotlib" in refused.stderr and "/usr/bin/python3 " in refused.stderr


if __name__ == "__main__":
    main()
