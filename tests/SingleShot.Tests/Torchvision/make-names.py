"""Writes MODEL-names.txt: the names and shapes of torchvision's two SSDs, a line each. Run with Debian's python3-torchvision.

With --check it writes nothing, and fails if a file says anything else.
"""
import pathlib
import sys

from torchvision.models import detection

for name in ("ssd300_vgg16", "ssdlite320_mobilenet_v3_large"):
    model = getattr(detection, name)(weights=None, weights_backbone=None)
    text = "".join(f"{key} {','.join(map(str, value.shape))}\n" for key, value in model.state_dict().items())
    file = pathlib.Path(__file__).with_name(f"{name}-names.txt")
    if "--check" in sys.argv:
        if file.read_text() != text:
            sys.exit(f"{file} is not what torchvision gives here")
    else:
        file.write_text(text)
