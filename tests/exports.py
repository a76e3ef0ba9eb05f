#!/usr/bin/env python3
"""Opens what the program exports with other programs, and holds it against the program's own pixels.

Needs rsvg-convert (librsvg2-bin), pdftoppm, pdffonts and pdftotext (poppler-utils), pdflatex with pgfplots
(texlive-latex-base, texlive-pictures), and Python's Pillow and NumPy:

    python3 tests/exports.py target/debug/taylorscope

Every flat view and the window, in both themes: SVG and PDF may differ from the PNG by 3 of 255 in the mean, and in
0.8 % of the pixels by more than half of the range (edges are softened in other ways). Map, slice and loss chart are
compiled by LaTeX.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
from PIL import Image

MEAN, SHARE = 3.0, 0.008
VIEWS = "map surface slice loss compare circle memory curvature rule basins lessons data graph depth window".split()
LANDSCAPES = {"data": "tanh2", "graph": "tanh2", "depth": "depth"}
RUNS = ["-o", "gd", "-o", "momentum", "--steps", "30", "--step", "3", "--size", "900x600"]


def run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


def pixels(path):
    return numpy.asarray(Image.open(path).convert("RGB")).astype(int)


def compare(name, own, other):
    difference = abs(pixels(own) - pixels(other))
    mean, share = difference.mean(), (difference.max(axis=2) > 128).mean()
    print(f"{name}: {mean:.2f} in the mean, {100 * share:.2f} % far off")
    assert mean <= MEAN and share <= SHARE, name


def main(program):
    folder = Path(tempfile.mkdtemp())
    for theme in ["light", "dark"]:
        for view in VIEWS:
            landscape = LANDSCAPES.get(view, "himmelblau")
            stem = folder / f"{view}-{theme}"
            for ending in ["png", "svg", "pdf"]:
                render = [program, "render", "--view", view, "-l", landscape, *RUNS, "--theme", theme]
                run(*render, "--scale", 2, "--out", f"{stem}.{ending}")
            run("rsvg-convert", "-z", 2, "-o", f"{stem}-svg.png", f"{stem}.svg")
            run("pdftoppm", "-r", 144, "-png", "-singlefile", f"{stem}.pdf", f"{stem}-pdf")
            compare(f"{view}, {theme}, SVG", f"{stem}.png", f"{stem}-svg.png")
            compare(f"{view}, {theme}, PDF", f"{stem}.png", f"{stem}-pdf.png")
            fonts = run("pdffonts", f"{stem}.pdf").splitlines()[2:]
            assert fonts and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), fonts
            assert run("pdftotext", f"{stem}.pdf", "-").strip(), f"{view} has text"
    for view in ["map", "slice", "loss"]:
        source = folder / f"{view}.tex"
        run(program, "render", "--view", view, "-l", "himmelblau", *RUNS, "--title", "--out", source)
        run("pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"-output-directory={folder}", source)
        print(f"{view}: compiled by LaTeX")


main(sys.argv[1])
