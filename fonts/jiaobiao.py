#!/usr/bin/env python3
"""Makes 公文角标 (GongwenJiaobiao-*.ttf) of a face: its digits and letters once more, at the places of the raised (⁷) and lowered (₂) ones.

The layouts set them small and high; with characters of their own they are copied and read aloud as what they are.

needs fonttools==4.68.0
usage: jiaobiao.py LiberationSerif-Regular.ttf Regular GongwenJiaobiao-Regular.ttf
       jiaobiao.py NotoSansSC-Medium.subset.ttf Medium GongwenJiaobiao-Medium.ttf
"""
import copy
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

# As src/document/script.rs has them.
PAIRS = (
    ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᐟⁱⁿᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "0123456789+−=()/inabcdefghjklmoprstuvwxyz"),
    ("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+−=()aehijklmnoprstuvx"),
)
WEIGHTS = {"Regular": 400, "Medium": 500}


def main(source, style, target):
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features, options.hinting, options.notdef_outline = [], False, True
    options.drop_tables += ["DSIG", "GSUB", "GPOS", "GDEF", "BASE", "kern", "vhea", "vmtx", "VORG", "FFTM", "meta", "gasp"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes={ord(c) for _, plain in PAIRS for c in plain} | {ord("–")})
    subsetter.subset(font)
    glyf, hmtx, cmap, order = font["glyf"], font["hmtx"], font.getBestCmap(), [".notdef"]
    made = {}
    for marks, plain in PAIRS:
        for mark, c in zip(marks, plain, strict=True):
            # A face of Chinese has the dash of that length in place of the minus.
            c = c if ord(c) in cmap else {"−": "–"}.get(c, c)
            if ord(c) not in cmap:
                sys.exit(f"{source}: no {c}")
            made[ord(mark)] = (f"uni{ord(mark):04X}", cmap[ord(c)])
    for name, of in made.values():
        outline = copy.deepcopy(glyf[of])
        if outline.isComposite():
            sys.exit(f"{source}: {of} is composite")
        glyf.glyphs[name], hmtx.metrics[name] = outline, hmtx.metrics[of]
        order.append(name)
    for name in set(glyf.glyphs) - set(order):
        del glyf.glyphs[name], hmtx.metrics[name]
    font.setGlyphOrder(order)
    glyf.glyphOrder = order
    for table in font["cmap"].tables:
        table.cmap = {c: name for c, (name, _) in made.items()} if table.isUnicode() else {}
    font["cmap"].tables = [t for t in font["cmap"].tables if t.isUnicode() and t.format == 4]
    font["OS/2"].usWeightClass = WEIGHTS[style]
    names = font["name"]
    kept = {record.nameID: record.toUnicode() for record in names.names if record.nameID in (0, 13, 14)}
    names.names = []
    texts = {1: "Gongwen Jiaobiao", 2: style, 3: f"Gongwen Jiaobiao {style} 1.000", 4: f"Gongwen Jiaobiao {style}"}
    texts |= {5: "Version 1.000", 6: f"GongwenJiaobiao-{style}", 16: "Gongwen Jiaobiao", 17: style} | kept
    for number, text in sorted(texts.items()):
        names.setName(text, number, 3, 1, 0x409)
    font.save(target)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] not in WEIGHTS:
        sys.exit(__doc__)
    main(*sys.argv[1:])
