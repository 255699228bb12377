"""Writes ssd300_vgg16-names.txt: the names and shapes of torchvision's SSD300, a line each. Run with Debian's python3-torchvision.

With --check it writes nothing, and fails if the file says anything else.
"""
import pathlib
import sys

import torchvision

model = torchvision.models.detection.ssd300_vgg16(weights=None, weights_backbone=None)
lines = [f"{name} {','.join(map(str, value.shape))}" for name, value in model.state_dict().items()]
file = pathlib.Path(__file__).with_name("ssd300_vgg16-names.txt")
text = "\n".join(lines) + "\n"
if "--check" in sys.argv:
    sys.exit(0 if file.read_text() == text else f"{file} is not what torchvision gives here")
file.write_text(text)
