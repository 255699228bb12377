"""Writes formulas.woff2: the signs that FormulaSymbols.cs names, out of STIX Two Math, whose file is the argument.

Roots are made as narrow as the lowest of them: Chromium leaves room for the widest beside each.
"""

import pathlib
import sys

from fontTools import subset

here = pathlib.Path(__file__).parent
signs = {ord(sign) for sign in (here.parent / "FormulaSymbols.cs").read_text("utf-8") if ord(sign) > 0x7E}
letters = {0x210E, *range(0x1D434, 0x1D468), *range(0x1D6FC, 0x1D71C)}  # slanted, as browsers take them for one letter alone
browsers_own = {0x221A}  # the root, which no page spells
options = subset.Options(
    flavor="woff2", hinting=False, desubroutinize=True, name_IDs=["*"],
    retain_gids=True,  # else browsers refuse the table of mathematics
    layout_features=["ssty", "kern", "mark", "mkmk", "ccmp", "dtls"])
font = subset.load_font(sys.argv[1], options)
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=signs | letters | browsers_own | {*range(0x20, 0x7F), 0xA0, 0x2032})
subsetter.subset(font)

glyphs, variants, advances = font["glyf"], font["MATH"].table.MathVariants, font["hmtx"].metrics
root = font.getBestCmap()[0x221A]
roots = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(root)]
lowest, _ = advances[root]
for name in {record.VariantGlyph for record in roots.MathGlyphVariantRecord} | {part.glyph for part in roots.GlyphAssembly.PartRecords}:
    glyphs[name].coordinates.scale((lowest / advances[name][0], 1))
    glyphs[name].recalcBounds(glyphs)
    advances[name] = (lowest, glyphs[name].xMin)

subset.save_font(font, here / "formulas.woff2", options)
