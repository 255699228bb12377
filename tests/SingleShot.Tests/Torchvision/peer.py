"""Runs torchvision's SSD300 or SSDLite320 on what a test hands over, and hands back what it made of it. Debian's python3-torchvision.

    peer.py detect  MODEL INPUT OUTPUT    detections in float32 and float64, of each picture alone and of all together
    peer.py train   MODEL INPUT OUTPUT    the loss, gradients, and the weights after five steps of SGD
    peer.py match   MODEL INPUT OUTPUT    which object each default box answers for

INPUT and OUTPUT are .safetensors files. Input: picture.I (uint8 [H, W, 3]), boxes.I (float32 [M, 4], corners in pixels), labels.I
(int64 [M], from 1). Output: weights.NAME (float32) and what the functions below say. The weights are random, by a fixed seed, and
scaled so that predictions are as various as a trained network's: hundreds of boxes pass the threshold and suppress each other.
"""
import copy
import json
import struct
import sys

import torch
from torchvision.models.detection import ssd300_vgg16, ssdlite320_mobilenet_v3_large
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import box_iou

MODELS = {"ssd300": ssd300_vgg16, "ssdlite320": ssdlite320_mobilenet_v3_large}
TYPES = {torch.float64: "F64", torch.float32: "F32", torch.int64: "I64", torch.uint8: "U8"}
WATCHED = ("backbone.features.0.", "backbone.extra.4.", "backbone.scale_weight", "module_list.0.", "module_list.5.")


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    dtypes = {name: dtype for dtype, name in TYPES.items()}
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            dtype = dtypes[entry["dtype"]]
            flat = torch.frombuffer(bytearray(data[begin:end]), dtype=dtype) if end > begin else torch.empty(0, dtype=dtype)
            tensors[name] = flat.reshape(entry["shape"])
    return tensors


def write(path, tensors):
    header, offset = {}, 0
    for name, value in tensors.items():
        size = value.numel() * value.element_size()
        header[name] = {"dtype": TYPES[value.dtype], "shape": list(value.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for value in tensors.values():
            file.write(value.detach().contiguous().numpy().tobytes())


def pictures(given, dtype):
    """RGB [3, H, W], 0 to 1, as torchvision's models take them."""
    count = sum(name.startswith("picture.") for name in given)
    return [given[f"picture.{i}"].permute(2, 0, 1).to(dtype) / 255 for i in range(count)]


def build(name, images):
    """The model with random weights; images show how large its numbers get."""
    torch.manual_seed(11)
    model = MODELS[name](weights=None, weights_backbone=None)
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                torch.nn.init.uniform_(module.weight, 0.5, 1.5)
                torch.nn.init.normal_(module.bias, 0, 0.2)
                module.momentum = None  # the mean over all that it has seen, here one batch
            elif isinstance(module, torch.nn.Conv2d) and module.bias is not None:
                torch.nn.init.normal_(module.bias, 0, 0.1)
        maps = list(model.train().backbone(model.transform(images)[0].tensors).values())
        for head, spread in ((model.head.classification_head, 2.0), (model.head.regression_head, 1.0)):
            for features, module in zip(maps, head.module_list):
                last = module if isinstance(module, torch.nn.Conv2d) else module[-1]
                factor = spread / module(features).std()
                last.weight *= factor
                last.bias *= factor
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 0.03
            # Channels that hardly varied here would make rounding errors large.
            module.running_var.clamp_(min=module.running_var.mean().item())
    return model


def detect(name, given):
    """DTYPE.alone.boxes, .scores, .labels (from 1) of the first picture; DTYPE.together.I.boxes and so on of all as one batch;
    anchors: default boxes in float64, in pixels."""
    model = build(name, pictures(given, torch.float32)).eval()
    result = {f"weights.{key}": value for key, value in model.state_dict().items()}
    for dtype in (torch.float32, torch.float64):
        model = model.to(dtype)
        images = pictures(given, dtype)
        with torch.no_grad():
            found = {"alone": model(images[:1])[0]}
            found.update({f"together.{i}": detections for i, detections in enumerate(model(images))})
        for kind, detections in found.items():
            result.update({f"{str(dtype)[6:]}.{kind}.{key}": value for key, value in detections.items()})
    result["anchors"] = anchors(model, torch.float64)
    return result


def anchors(model, dtype):
    images = model.transform([torch.zeros(3, 8, 8, dtype=dtype)])[0]
    with torch.no_grad():
        maps = list(model.to(dtype).backbone(images.tensors).values())
    return model.anchor_generator(ImageList(images.tensors, images.image_sizes), maps)[0]


def targets(given, dtype=torch.float32):
    count = sum(name.startswith("boxes.") for name in given)
    return [{"boxes": given[f"boxes.{i}"].to(dtype), "labels": given[f"labels.{i}"]} for i in range(count)]


def gradients(model, prefix):
    return {
        f"{prefix}.{key}": value.grad.clone()
        for key, value in model.named_parameters()
        if any(watched in key for watched in WATCHED)
    }


def train(name, given):
    """losses [steps, 2]: localization and classification; float32.NAME: gradients of the first step; trained.NAME: weights after the
    last. float64.NAME: the same gradients in float64."""
    images = pictures(given, torch.float32)
    model = build(name, images).train()
    result = {f"weights.{key}": value.clone() for key, value in model.state_dict().items()}
    exact = copy.deepcopy(model).to(torch.float64)
    sum(exact(pictures(given, torch.float64), targets(given, torch.float64)).values()).backward()
    result.update(gradients(exact, "float64"))
    del exact
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9, weight_decay=5e-4)
    losses = []
    for step in range(5):
        optimizer.zero_grad()
        terms = model(images, targets(given))
        losses.append([terms["bbox_regression"].item(), terms["classification"].item()])
        sum(terms.values()).backward()
        if step == 0:
            result.update(gradients(model, "float32"))
        optimizer.step()
    result["losses"] = torch.tensor(losses, dtype=torch.float64)
    result.update({f"trained.{key}": value for key, value in model.state_dict().items()})
    return result


def match(name, given):
    """matched.I (int64 [A]): the object of each default box, or -1; boxes.I are in pixels of the network's input."""
    model = MODELS[name](weights=None, weights_backbone=None).eval()
    boxes = anchors(model, torch.float32)
    return {
        f"matched.{i}": model.proposal_matcher(box_iou(target["boxes"], boxes)) for i, target in enumerate(targets(given))
    }


if __name__ == "__main__":
    task, name, source, target = sys.argv[1:]
    write(target, {"detect": detect, "train": train, "match": match}[task](name, read(source)))
