"""Writes torchvision.json: what torchvision's SSD makes of a tiny model's random predictions. Run with Debian's python3-torchvision.

With --check it writes nothing, and fails if the file says anything else than torchvision does here, up to rounding.
"""
import json
import math
import pathlib
import sys
from types import SimpleNamespace

import torch
from torchvision.models.detection import _utils as detection
from torchvision.models.detection.anchor_utils import DefaultBoxGenerator
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.ssd import SSD
from torchvision.ops import box_iou

SIZE, CLASSES = 96, 3
torch.manual_seed(5)


def rounded(tensor):
    return (tensor * 10000).round() / 10000  # short numbers, the same on both sides


generator = DefaultBoxGenerator([[2]] * 3, scales=[0.2, 0.4, 0.7, 0.95], steps=[24, 48, 96])
maps = [torch.zeros(3, 1, n, n) for n in (4, 2, 1)]
defaults = generator(ImageList(torch.zeros(3, 3, SIZE, SIZE), [(SIZE, SIZE)] * 3), maps)
count = defaults[0].shape[0]
offsets = rounded(torch.randn(3, count, 4))
scores = rounded(torch.randn(3, count, CLASSES + 1) * 2)


def truths(number):
    corner = torch.rand(number, 2) * 0.6
    return rounded(torch.cat([corner, corner + 0.15 + torch.rand(number, 2) * 0.25], 1))


targets = [{"boxes": truths(n) * SIZE, "labels": torch.randint(1, CLASSES + 1, (n,))} for n in (4, 0, 2)]
model = SimpleNamespace(
    box_coder=detection.BoxCoder(weights=(10.0, 10.0, 5.0, 5.0)), neg_to_pos_ratio=3,
    score_thresh=0.01, topk_candidates=30, nms_thresh=0.45, detections_per_img=50)

matcher = detection.SSDMatcher(0.5)
matched = []
for boxes, target in zip(defaults, targets):
    if len(target["boxes"]) == 0:
        matched.append(torch.full((count,), -1, dtype=torch.int64))
    else:
        matched.append(matcher(box_iou(target["boxes"], boxes)))
head = {"bbox_regression": offsets.clone().requires_grad_(), "cls_logits": scores.clone().requires_grad_()}
loss = SSD.compute_loss(model, targets, head, defaults, matched)
sum(loss.values()).backward()
found = SSD.postprocess_detections(model, {"bbox_regression": offsets, "cls_logits": scores}, defaults, [(SIZE, SIZE)] * 3)

# Few different rows of scores: boxes of the same score everywhere. torchvision leaves their order to topk, which promises none; here
# it is the lower index first, as everywhere else in torchvision's own code.
tied_scores = rounded(torch.randn(5, CLASSES + 1) * 2)[torch.randint(0, 5, (count,))]
tied_offsets = rounded(torch.randn(count, 4))


def stable_topk(values, k):
    ordered, order = values.sort(descending=True, stable=True)
    return ordered[:k], order[:k]


torch.Tensor.topk, topk = stable_topk, torch.Tensor.topk
tied = SSD.postprocess_detections(
    model, {"bbox_regression": tied_offsets[None], "cls_logits": tied_scores[None]}, defaults[:1], [(SIZE, SIZE)])[0]
torch.Tensor.topk = topk

fixture = {
    "DefaultBoxes": defaults[0].flatten().tolist(),
    "Offsets": offsets.flatten().tolist(),
    "Scores": scores.flatten().tolist(),
    "Images": [
        {
            "Truths": target["boxes"].flatten().tolist(),
            "Labels": (target["labels"] - 1).tolist(),
            "Matched": indices.tolist(),
            "FoundBoxes": result["boxes"].flatten().tolist(),
            "FoundScores": result["scores"].tolist(),
            "FoundLabels": (result["labels"] - 1).tolist(),
        }
        for target, indices, result in zip(targets, matched, found)
    ],
    "Ties": {
        "Offsets": tied_offsets.flatten().tolist(),
        "Scores": tied_scores.flatten().tolist(),
        "FoundBoxes": tied["boxes"].flatten().tolist(),
        "FoundScores": tied["scores"].tolist(),
        "FoundLabels": (tied["labels"] - 1).tolist(),
    },
    "Localization": loss["bbox_regression"].item(),
    "Classification": loss["classification"].item(),
    "OffsetGradient": head["bbox_regression"].grad.flatten().tolist(),
    "ScoreGradient": head["cls_logits"].grad.flatten().tolist(),
}


def short(value):
    if isinstance(value, float):
        return float(f"{value:.7g}")
    if isinstance(value, list):
        return [short(item) for item in value]
    if isinstance(value, dict):
        return {key: short(item) for key, item in value.items()}
    return value


def same(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return math.isclose(a, b, rel_tol=1e-4, abs_tol=1e-5)


file = pathlib.Path(__file__).with_name("torchvision.json")
if "--check" in sys.argv:
    sys.exit(0 if same(fixture, json.loads(file.read_text())) else f"{file} is not what torchvision gives here")
file.write_text(json.dumps(short(fixture)) + "\n")
