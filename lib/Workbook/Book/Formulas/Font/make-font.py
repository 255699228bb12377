"""Writes formulas.woff2: the signs that FormulaSymbols.cs names, out of STIX Two Math, whose file is the argument."""

import pathlib
import sys

from fontTools import subset

here = pathlib.Path(__file__).parent
signs = {ord(sign) for sign in (here.parent / "FormulaSymbols.cs").read_text("utf-8") if ord(sign) > 0x7E}
letters = {0x210E, *range(0x1D434, 0x1D468), *range(0x1D6FC, 0x1D71C)}  # slanted, as browsers take them for one letter alone
options = subset.Options(
    flavor="woff2", hinting=False, desubroutinize=True, name_IDs=["*"],
    retain_gids=True,  # else browsers refuse the table of mathematics
    layout_features=["ssty", "kern", "mark", "mkmk", "ccmp", "dtls"])
font = subset.load_font(sys.argv[1], options)
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=signs | letters | {*range(0x20, 0x7F), 0xA0, 0x2032})
subsetter.subset(font)
subset.save_font(font, here / "formulas.woff2", options)
