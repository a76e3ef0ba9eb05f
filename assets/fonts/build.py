#!/usr/bin/env python3
"""Makes the three fonts of this folder from the Noto fonts (SIL Open Font License, OFL.txt).

    python3 build.py FOLDER-WITH-NOTO-TTF-FILES     (needs fonttools)

Noto Sans has the text, but no operators, arrows or icons. They come from its sister fonts: for
the regular weight as one fallback with the line metrics of Noto Sans, so that a symbol never
moves a line; for the strong weight the few that stand beside bold numbers are put into the font
itself, so that a minus is as heavy as its digits.
"""

import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.misc.transform import Offset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TEXT = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), *range(0x2C6, 0x2DE),
    *range(0x300, 0x30D), 0x331, *range(0x370, 0x400), 0x1D40, 0x1D4F, 0x1D50, 0x1D57,
    *range(0x1D62, 0x1D6B), *range(0x2009, 0x2028), 0x202F, *range(0x2030, 0x203B), 0x2044,
    *range(0x2070, 0x209D), 0x20AC, 0x2113, 0x2115, 0x2116, 0x211D, 0x2122, 0x2124, 0x2C7C,
]  # fmt: skip
MATH = "↺↻←↑→↓↔↕↖↗↘↙↦↵⇐⇒⇔∀∂∃∅∆∇∈∉∏∑−∓∘√∝∞∠∥∧∨∩∪∫∼≃≈≠≡≤≥≪≫⊕⊗⊙⊥⋅⋮⋯⌈⌉⌊⌋⟂⟨⟩"
ICONS = "⇧⌘⌥⌫⏎⏩⏪⏭⏮⏯⏴⏵⏶⏷⏸⏹⏺␣■□▪▫▲△▴▵▶▷▸▹▼▽▾▿◀◁◂◃◆◇○◌●◐◑★☆☀☼☐☑☒✓✔✕✖✗✘✚⚠🔍🔒🔓🗀🗁🗑🖫🖼🛈"
SMALL = "▴▵▸▹▾▿◂◃⏴⏵⏶⏷"
NIGHT = "☾⚙"
STRONG = "∂∇∈−√∞≈≠≤≥⟨⟩"


def subset(path, unicodes, hinted):
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = hinted
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.notdef_outline = True
    font = TTFont(path)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    return font


def without_layout(font):
    """Operators and icons are placed by their advance alone."""
    for table in ("GSUB", "GPOS", "GDEF", "MATH", "kern"):
        if table in font:
            del font[table]
    return font


def transform(font, character, scale, rise=0):
    """Scale a glyph (x, y) about its left end of the baseline and lift it."""
    name = font.getBestCmap()[ord(character)]
    shape = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(shape)
    pen = TTGlyphPen(None)
    shape.replay(TransformPen(pen, Offset(0, rise).scale(*scale)))
    font["glyf"][name] = pen.glyph()
    advance = round(font["hmtx"][name][0] * scale[0])
    font["glyf"][name].recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, font["glyf"][name].xMin)


def seat(font, characters, center):
    """Fit icons into the capitals' height and center them on the middle of a capital."""
    cmap = font.getBestCmap()
    for character in characters:
        if ord(character) not in cmap:
            continue
        glyph = font["glyf"][cmap[ord(character)]]
        if glyph.numberOfContours == 0:
            continue
        glyph.recalcBounds(font["glyf"])
        grow = 1.4 if character in SMALL else 1.0
        scale = min(grow, 800 / max(glyph.yMax - glyph.yMin, 1))
        rise = center - scale * (glyph.yMax + glyph.yMin) / 2
        transform(font, character, (scale, scale), rise)


def merge(fonts, target, metrics_of):
    parts = []
    for index, font in enumerate(fonts):
        part = target.with_suffix(f".{index}.tmp")
        font.save(part)
        parts.append(part)
    merged = Merger().merge([str(part) for part in parts])
    for part in parts:
        part.unlink()
    for table, fields in {
        "hhea": ["ascent", "descent", "lineGap"],
        "OS/2": ["sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"],
    }.items():
        for field in fields:
            setattr(merged[table], field, getattr(metrics_of[table], field))
    merged.save(target)


def codes(text):
    return [ord(character) for character in text]


def main(noto, here):
    regular = subset(noto / "NotoSans-Regular.ttf", TEXT, hinted=True)
    strong = subset(noto / "NotoSans-SemiBold.ttf", TEXT, hinted=True)
    math = without_layout(subset(noto / "NotoSansMath-Regular.ttf", codes(MATH), hinted=False))
    icons = without_layout(subset(noto / "NotoSansSymbols2-Regular.ttf", codes(ICONS), hinted=False))
    night = without_layout(subset(noto / "NotoSansSymbols-Regular.ttf", codes(NIGHT), hinted=False))
    operators = without_layout(subset(noto / "NotoSansMono-SemiBold.ttf", codes(STRONG), hinted=False))
    seat(icons, ICONS, center=357)
    seat(night, NIGHT, center=357)
    for operator in STRONG:  # as wide as the digits
        transform(operators, operator, (572 / 600, 1))
    regular.save(here / "NotoSans-Regular.ttf")
    merge([strong, operators], here / "NotoSans-SemiBold.ttf", regular)
    merge([math, icons, night], here / "NotoSans-Symbols.ttf", regular)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
