#!/usr/bin/env python3
"""Opens what the program exports with other programs, and holds it against the program's own pixels.

Needs rsvg-convert (librsvg2-bin), pdftoppm, pdffonts and pdftotext (poppler-utils), pdflatex with pgfplots
(texlive-latex-base, texlive-pictures), LibreOffice's soffice (libreoffice-impress), chromium, and Pillow and NumPy (python3-pil,
python3-numpy), which Debian brings for its own /usr/bin/python3:

    python3 tests/exports.py target/debug/taylorscope

Every flat view and the window, in both themes: SVG and PDF may differ from the PNG by 3 of 255 in the mean, and in
0.8 % of the pixels by more than half of the range (edges are softened in other ways); so may the SVG in a browser. Map,
slice and loss chart are compiled by LaTeX, on pages as large as they are. LibreOffice opens a deck: it has a page a step, and
each of them shows the picture of its step, also where it stands over one that several pages share.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
from PIL import Image

LOSSLESS = 'pdf:impress_pdf_Export:{"UseLosslessCompression":{"type":"boolean","value":"true"}}'
MEAN, SHARE = 3.0, 0.008
# A slide is scaled by a part of a pixel: by this much of 255 in the mean.
SCALED = 4.0
VIEWS = "map surface slice loss compare circle memory curvature rule basins sweep axes starts lessons data graph depth window".split()
LANDSCAPES = {"data": "tanh2", "graph": "tanh2", "depth": "depth"}
RUNS = ["-o", "gd", "-o", "momentum", "--steps", "30", "--step", "3", "--size", "900x600"]


def run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


def pixels(path):
    return numpy.asarray(Image.open(path).convert("RGB")).astype(int)


def compare(name, own, other, most=MEAN):
    difference = abs(pixels(own) - pixels(other))
    mean, share = difference.mean(), (difference.max(axis=2) > 128).mean()
    print(f"{name}: {mean:.2f} in the mean, {100 * share:.2f} % far off")
    assert mean <= most and share <= SHARE, name


def margins(path):
    """How far what is drawn is from each side of a picture, in pixels."""
    drawn = pixels(path).min(axis=2) < 250
    [rows, columns] = [numpy.flatnonzero(drawn.any(axis=axis)) for axis in [1, 0]]
    return rows[0], columns[0], drawn.shape[0] - 1 - rows[-1], drawn.shape[1] - 1 - columns[-1]


def browser(program, folder):
    for view in ["map", "loss", "window"]:
        stem = folder / f"browser-{view}"
        for ending in ["png", "svg"]:
            run(program, "render", "--view", view, "-l", "himmelblau", *RUNS, "--scale", 2, "--out", f"{stem}.{ending}")
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=900,600",
            "--force-device-scale-factor=2", f"--screenshot={stem}-browser.png", f"file://{stem}.svg")
        compare(f"{view}, SVG in a browser", f"{stem}.png", f"{stem}-browser.png")


def deck(program, folder):
    scene = ["-l", "himmelblau", "-o", "gd", "-o", "momentum", "--steps", "4", "--size", "1280x648"]
    run(program, "render", *scene, "--out", folder / "deck.pptx")
    run("soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", LOSSLESS, "--outdir", folder,
        folder / "deck.pptx")
    run("pdftoppm", "-r", 144, "-png", folder / "deck.pdf", folder / "slide")
    slides = sorted(folder.glob("slide-*.png"))
    assert len(slides) == 5, f"a page a step: {slides}"
    for step, slide in enumerate(slides):
        own = folder / f"step-{step}.png"
        run(program, "render", *scene, "--scale", 2, "--step", step, "--out", own)
        page = Image.open(slide).convert("RGB")
        # Where the picture stands on the slide, of 12 192 000 × 6 858 000 units.
        left, top, width, height = 365_760, 868_680, 11_460_480, 5_806_440
        height, top = width * 648 // 1280, top + (height - width * 648 // 1280) // 2
        scale = page.width / 12_192_000
        part = page.crop([round(side * scale) for side in [left, top, left + width, top + height]])
        part.save(folder / "part.png")
        Image.open(own).convert("RGB").resize(part.size, Image.Resampling.BOX).save(own)
        compare(f"slide of step {step}", own, folder / "part.png", SCALED)


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
        run("pdftoppm", "-r", 72, "-png", "-singlefile", folder / f"{view}.pdf", folder / f"{view}-tex")
        around = [int(side) for side in margins(folder / f"{view}-tex.png")]
        assert max(around) <= 10, f"{view}: {around} points of paper around it"
        print(f"{view}: compiled by LaTeX, {around} points of paper around it")
    browser(program, folder)
    deck(program, folder)


main(sys.argv[1])
