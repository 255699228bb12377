"""Writes ssd300_vgg16-names.txt: the names and shapes of torchvision's SSD300, a line each. Run with Debian's python3-torchvision."""
import pathlib
import torchvision

model = torchvision.models.detection.ssd300_vgg16(weights=None, weights_backbone=None)
lines = [f"{name} {','.join(map(str, value.shape))}" for name, value in model.state_dict().items()]
pathlib.Path(__file__).with_name("ssd300_vgg16-names.txt").write_text("\n".join(lines) + "\n")
