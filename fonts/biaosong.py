#!/usr/bin/env python3
"""Makes 公文小标宋 (GongwenBiaosong-Regular.ttf) of two weights of Noto Serif SC, the same bytes every time.

needs fonttools==4.68.0 and skia-pathops==0.9.2
usage: biaosong.py OLD.ttf NotoSerifSC_600SemiBold.ttf NotoSerifSC_700Bold.ttf NEW.ttf (OLD has the characters that NEW gets)
"""
import array
import sys
import unicodedata

import pathops
from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import ttProgram
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates


def is_han(c):
    return unicodedata.name(chr(c), "").startswith("CJK UNIFIED") or c == 0x3007


def cut(f, chars):
    o = subset.Options()
    o.layout_features, o.name_IDs, o.name_languages = ["*"], ["*"], ["*"]
    o.hinting, o.notdef_outline, o.glyph_names, o.recalc_timestamp = False, True, False, False
    o.drop_tables += ["DSIG"]
    s = subset.Subsetter(o)
    s.populate(unicodes=chars)
    s.subset(f)
    return f


def clean(pts):
    out = []
    for p in pts:
        if not out or p[:2] != out[-1][:2]:
            out.append(p)
    while len(out) > 1 and out[0][:2] == out[-1][:2]:
        out.pop()
    return out


def contours(g, glyf):
    c, ends, flags = g.getCoordinates(glyf)
    out, s = [], 0
    for e in ends:
        out.append(clean([(c[i][0], c[i][1], flags[i] & 1) for i in range(s, e + 1)]))
        s = e + 1
    return out


def glyph(cs):
    g = Glyph()
    cs = [c for c in (clean([(round(x), round(y), on) for x, y, on in c]) for c in cs) if len(c) > 2]
    g.numberOfContours = len(cs)
    g.coordinates = GlyphCoordinates([p[:2] for c in cs for p in c])
    g.flags = array.array("B", [p[2] for c in cs for p in c])
    g.endPtsOfContours, k = [], -1
    for c in cs:
        k += len(c)
        g.endPtsOfContours.append(k)
    g.program = ttProgram.Program()
    g.program.fromBytecode([])
    return g


def from_path(p):
    pen = TTGlyphPen(None, outputImpliedClosingLine=False)
    p.draw(pen)
    return contours(pen.glyph(dropImpliedOnCurves=False), None)


def thin_level(cs, d, minlen=24, slope=.04):
    """Thin the level strokes (横) only: the ends of every nearly level straight edge move d units into the ink."""
    res = []
    for pts in cs:
        n, sh = len(pts), [0] * len(pts)
        for i in range(n):
            j = (i + 1) % n
            a, b = pts[i], pts[j]
            w, h = b[0] - a[0], b[1] - a[1]
            if a[2] and b[2] and abs(w) >= minlen and abs(h) <= slope * abs(w):
                s = -d if w > 0 else d
                for k in (i, j):
                    sh[k] = s if sh[k] in (0, s) else 0
        res.append([(x, y + sh[i], on) for i, (x, y, on) in enumerate(pts)])
    return res


def scaled(cs, sx, sy, cy):
    return [[(500 + sx * (x - 500), cy + sy * (y - cy), on) for x, y, on in c] for c in cs]


def put(f, n, g):
    f["glyf"][n] = g
    g.recalcBounds(f["glyf"])
    f["hmtx"][n] = (f["hmtx"][n][0], g.xMin)


def rename(f, fam, ps, zh, note):
    n = f["name"]
    keep = {k: n.getDebugName(k) for k in (0, 5, 8, 9, 11, 12, 13, 14)}
    n.names = []
    for k, v in keep.items():
        if v:
            n.setName(v, k, 3, 1, 0x409)
    for k, v in ((1, fam), (2, "Regular"), (3, ps + ";" + (keep[5] or "")), (4, fam), (6, ps), (10, note)):
        n.setName(v, k, 3, 1, 0x409)
    for k, v in ((1, zh), (2, "Regular"), (4, zh)):
        n.setName(v, k, 3, 1, 0x804)


def encoded(f, test):
    return sorted({g for c, g in f.getBestCmap().items() if test(c) and f["glyf"][g].numberOfContours > 0})


def biaosong(chars, light, bold, out, t=.5, dy=4, sx=1.024, sy=1.018):
    f, b = cut(TTFont(light, recalcTimestamp=False), chars), cut(TTFont(bold, recalcTimestamp=False), chars)
    assert f.getGlyphOrder() == b.getGlyphOrder()
    glyf = f["glyf"]
    for n in f.getGlyphOrder():
        x, y = glyf[n], b["glyf"][n]
        if x.numberOfContours > 0:
            assert list(x.endPtsOfContours) == list(y.endPtsOfContours)
            for i in range(len(x.coordinates)):
                (p, q), (r, s) = x.coordinates[i], y.coordinates[i]
                x.coordinates[i] = (p + t * (r - p), q + t * (s - q))
            x.coordinates.toInt()
            x.recalcBounds(glyf)
        w, v = f["hmtx"][n][0], b["hmtx"][n][0]
        f["hmtx"][n] = (round(w + t * (v - w)), x.xMin if x.numberOfContours > 0 else 0)
    gs = f.getGlyphSet()
    for n in encoded(f, is_han):
        p = pathops.Path()
        gs[n].draw(p.getPen(glyphSet=gs))
        p.simplify(fix_winding=True, keep_starting_points=False, clockwise=True)
        put(f, n, glyph(scaled(thin_level(from_path(p), dy), sx, sy, 380)))
    rename(f, "Gongwen Biaosong", "GongwenBiaosong-Regular", "公文小标宋",
           "Modified Version of Noto Serif SC 2.003-H1 (weight %d interpolated, level strokes of Han thinned by %d units, "
           "Han scaled %.3f x %.3f, subset), under the SIL Open Font License 1.1" % (600 + 100 * t, 2 * dy, sx, sy))
    del f["STAT"]
    f["OS/2"].usWeightClass, f["head"].macStyle = 700, 0
    f["OS/2"].fsSelection = (f["OS/2"].fsSelection & ~0x21) | 0x40
    f.save(out)


if __name__ == "__main__":
    old, *rest = sys.argv[1:]
    biaosong(set(TTFont(old).getBestCmap()), *rest)
