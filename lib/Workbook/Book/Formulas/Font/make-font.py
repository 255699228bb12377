"""Writes formulas.woff2: the signs of ordinary mathematics out of STIX Two Math, whose file is the argument.

Roots are made as narrow as the lowest of them: Chromium leaves room for the widest beside each.
"""

import pathlib
import sys

from fontTools import subset

here = pathlib.Path(__file__).parent
text = {*range(0x20, 0x7F), 0xA0}
accents = set(map(ord, "¨¯´ˆˇ˘˙˚˜‾⏞⏟"))
greek = set(map(ord, "ΓΔΘΛΞΠΣΥΦΨΩαβγδεζηθικλμνξοπρςστυφχψωϑϕϖϱϵ"))
signs = set(map(ord, "¬±×÷†‡•…′″‖ℏℓℑℜ←↑→↓↔⇐⇑⇒⇓⇔↦⟵⟶⟷⟸⟹⟺⟼∀∁∂∃∄∅∆∇∈∉∋∏∐∑−∓∖∗∘√∝∞∠∣∤∥∦∧∨∩∪∫∬∭∮∴∵∼≃≅≈≔≠≡≤≥≪≫≺≻⊂⊃⊄⊆⊇⊊⊕⊖⊗⊘⊙⊢⊤⊥⋀⋁⋂⋃⋄⋅⋆⋮⋯⋱⌈⌉⌊⌋⟨⟩□"))
slanted = {0x210E, *range(0x1D434, 0x1D468), *range(0x1D6FC, 0x1D71C)}  # as browsers take them for one letter alone
bold = set(range(0x1D400, 0x1D434)) | set(range(0x1D468, 0x1D49C)) | set(range(0x1D7CE, 0x1D7D8))
double = set(map(ord, "ℂℍℕℙℚℝℤ")) | set(range(0x1D538, 0x1D552)) | {0x1D7D9}
script = set(map(ord, "ℬℰℱℋℐℒℳℛ")) | set(range(0x1D49C, 0x1D4B6))
options = subset.Options(
    flavor="woff2", hinting=False, desubroutinize=True, name_IDs=["*"],
    retain_gids=True,  # else browsers refuse the table of mathematics
    layout_features=["ssty", "kern", "mark", "mkmk", "ccmp", "dtls"])
font = subset.load_font(sys.argv[1], options)
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=text | accents | greek | signs | slanted | bold | double | script)
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
