"""The other half of RoundTripTests: torchvision makes weights, and judges what became of them. Run with Debian's python3-torchvision.

    round-trip.py make FOLDER     for each MODEL writes MODEL.pth, MODEL-legacy.pth, and MODEL-outputs.pth with an input and what comes of it
    round-trip.py judge FOLDER    loads MODEL-ours.pth and MODEL-ours.safetensors strictly: the outputs must be the same bit for bit;
                                  and each NAMES-SIZE.pth into layers of those names: they must give what NAMES-SIZE-outputs.pth says
"""
import json
import pathlib
import struct
import sys

import torch
import torchvision
from torch import nn

VGG = [64, 64, "M", 128, 128, "M", 256, 256, 256, "C", 512, 512, 512, "M", 512, 512, 512]
# Output channels, kernel, stride and padding of the layers after conv7, and the boxes in a cell of each map.
EXTRAS = {
    300: [(256, 1, 1, 0), (512, 3, 2, 1), (128, 1, 1, 0), (256, 3, 2, 1), (128, 1, 1, 0), (256, 3, 1, 0), (128, 1, 1, 0), (256, 3, 1, 0)],
    512: [(256, 1, 1, 0), (512, 3, 2, 1), (128, 1, 1, 0), (256, 3, 2, 1), (128, 1, 1, 0), (256, 3, 2, 1), (128, 1, 1, 0), (256, 3, 2, 1),
          (128, 1, 1, 0), (256, 4, 1, 1)],
}
BOXES = {300: [4, 6, 6, 6, 4, 4], 512: [4, 6, 6, 6, 6, 4, 4]}


MODELS = {
    "ssd300": (torchvision.models.detection.ssd300_vgg16, 300),
    "ssdlite320": (torchvision.models.detection.ssdlite320_mobilenet_v3_large, 320),
}


def build(name):
    return MODELS[name][0](weights=None, weights_backbone=None).eval()


def outputs(model, images):
    with torch.no_grad():
        result = model.head(list(model.backbone(images).values()))
    return {"offsets": result["bbox_regression"], "scores": result["cls_logits"]}


def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    types = {"F32": torch.float32, "I64": torch.int64}
    return {
        name: torch.frombuffer(bytearray(data[8 + length + entry["data_offsets"][0]:8 + length + entry["data_offsets"][1]]),
                               dtype=types[entry["dtype"]]).view(entry["shape"])
        for name, entry in header.items()
    }


class Layers(nn.Module):
    """An SSD whose layers are in flat lists, as code bases other than torchvision have them."""

    def __init__(self, size, scores):
        super().__init__()
        layers, channels = [], 3
        for word in VGG:
            if isinstance(word, str):
                layers.append(nn.MaxPool2d(2, 2, ceil_mode=word == "C"))
            else:
                layers += [nn.Conv2d(channels, word, 3, padding=1), nn.ReLU()]
                channels = word
        layers += [nn.MaxPool2d(3, 1, 1), nn.Conv2d(512, 1024, 3, padding=6, dilation=6), nn.ReLU(), nn.Conv2d(1024, 1024, 1), nn.ReLU()]
        self.base = nn.ModuleList(layers)
        self.scale = nn.Parameter(torch.zeros(512))
        extras, channels, sources = [], 1024, [512, 1024]
        for number, (output, kernel, stride, padding) in enumerate(EXTRAS[size]):
            extras.append(nn.Conv2d(channels, output, kernel, stride, padding))
            channels = output
            if number % 2:
                sources.append(output)
        self.extras = nn.ModuleList(extras)
        self.scores = nn.ModuleList([nn.Conv2d(source, boxes * scores, 3, padding=1) for source, boxes in zip(sources, BOXES[size])])
        self.offsets = nn.ModuleList([nn.Conv2d(source, boxes * 4, 3, padding=1) for source, boxes in zip(sources, BOXES[size])])
        self.count = scores

    def load(self, state, names):
        """Strictly: each list under its name in the file."""
        renamed = {}
        for name, value in state.items():
            ours = next(ours for ours, theirs in names.items() if name.startswith(theirs))
            renamed[ours + name[len(names[ours]):]] = value
        self.load_state_dict(renamed, strict=True)
        return self

    def forward(self, x):
        maps = []
        for number, layer in enumerate(self.base):
            x = layer(x)
            if number == 22:  # the activation after conv4_3
                maps.append(x / (x.pow(2).sum(1, keepdim=True).sqrt() + 1e-10) * self.scale.view(1, -1, 1, 1))
        maps.append(x)
        for number, layer in enumerate(self.extras):
            x = torch.relu(layer(x))
            if number % 2:
                maps.append(x)
        def flat(heads, numbers):
            return torch.cat([head(m).permute(0, 2, 3, 1).reshape(len(m), -1, numbers) for head, m in zip(heads, maps)], 1)
        return {"offsets": flat(self.offsets, 4), "scores": flat(self.scores, self.count)}


NAMES = {
    "amdegroot": {"base.": "vgg.", "scale": "L2Norm.weight", "extras.": "extras.", "scores.": "conf.", "offsets.": "loc."},
    "lufficc": {"base.": "backbone.vgg.", "scale": "backbone.l2_norm.weight", "extras.": "backbone.extras.",
                "scores.": "box_head.predictor.cls_headers.", "offsets.": "box_head.predictor.reg_headers."},
}


def make(folder):
    for name, (_, size) in MODELS.items():
        torch.manual_seed(11)
        model = build(name)
        torch.save(model.state_dict(), folder / f"{name}.pth")
        torch.save(model.state_dict(), folder / f"{name}-legacy.pth", _use_new_zipfile_serialization=False)
        images = torch.randn(1, 3, size, size) * (50 if name == "ssd300" else 1)
        torch.save({"input": images, **outputs(model, images)}, folder / f"{name}-outputs.pth")


def judge(folder):
    for name in MODELS:
        expected = torch.load(folder / f"{name}-outputs.pth")
        for file in (f"{name}-ours.pth", f"{name}-ours.safetensors"):
            state = read_safetensors(folder / file) if file.endswith(".safetensors") else torch.load(folder / file, weights_only=True)
            model = build(name)
            print(f"{file}: strict, {model.load_state_dict(state, strict=True)}")
            for key, value in outputs(model, expected["input"]).items():
                if not torch.equal(value, expected[key]):
                    sys.exit(f"{file}: its {key} are not those of the weights that torchvision saved")
            print(f"{file}: offsets {list(expected['offsets'].shape)} and scores {list(expected['scores'].shape)} are identical bit for bit")
    for names, size in (("amdegroot", 300), ("lufficc", 512)):
        ours = torch.load(folder / f"{names}-{size}-outputs.pth", weights_only=True)
        model = Layers(size, ours["scores"].shape[2]).load(torch.load(folder / f"{names}-{size}.pth", weights_only=True), NAMES[names])
        with torch.no_grad():
            theirs = model(ours["input"])
        for key, value in theirs.items():
            error = (value - ours[key]).abs().max() / value.abs().max()
            print(f"{names} {size}: {key} {list(value.shape)} differ by {error:.1e} of the largest")
            if not error < 1e-4:
                sys.exit(f"{names} {size}: the {key} are not ours")


{"make": make, "judge": judge}[sys.argv[1]](pathlib.Path(sys.argv[2]))
