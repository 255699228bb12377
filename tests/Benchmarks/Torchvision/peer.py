#!/usr/bin/python3
"""Times torchvision at the work that `TorchvisionWork.cs` does: a line "name: seconds" for each piece, the least of several times."""
import contextlib
import glob
import os
import random
import sys
import time

import torch
from PIL import Image
from torchvision.transforms import ColorJitter, functional as F
from torchvision.models.detection import ssd300_vgg16
from torchvision.ops import box_iou, nms

torch.set_num_threads(os.cpu_count())
torch.manual_seed(1)

PRECISIONS = (contextlib.nullcontext, ""), (lambda: torch.autocast("cpu", torch.bfloat16), ", bfloat16")


def report(name, times, work):
    best = float("inf")
    for _ in range(times + 1):  # the first one warms up
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    print(f"{name}: {best}", flush=True)


def boxes(*shape):
    corner = torch.rand(*shape, 2) * 0.8
    return torch.cat([corner, corner + 0.02 + torch.rand(*shape, 2) * 0.18], dim=-1)


model = ssd300_vgg16(weights=None, weights_backbone=None)
model.head.register_forward_hook(lambda module, inputs, found: {name: part.float() for name, part in found.items()})  # its suppression knows no bfloat16
picture = torch.rand(3, 480, 640)

model.eval()
with torch.inference_mode():
    for lower, name in PRECISIONS:
        with lower():
            report(f"SSD300, one picture{name}", 6, lambda: model([picture]))
            report(f"SSD300, 8 pictures{name}", 2, lambda: model([picture] * 8))

    inputs, _ = model.transform([torch.rand(3, 300, 300)] * 8)
    anchors = model.anchor_generator(inputs, list(model.backbone(inputs.tensors[:1]).values()))
    anchors = [anchors[0]] * 8
    found = {"bbox_regression": torch.randn(8, 8732, 4), "cls_logits": torch.randn(8, 8732, 91)}
    report("post-processing, 8 pictures", 4, lambda: model.postprocess_detections(found, anchors, [(300, 300)] * 8))

    for count, times in (1000, 20), (10000, 5), (30000, 2):
        some, scores = boxes(count), torch.rand(count)
        report(f"suppression of {count} boxes", times, lambda: nms(some, scores, 0.45))

model.train()
targets = [{"boxes": boxes(7) * 300, "labels": torch.randint(1, 91, (7,))} for _ in range(32)]
head = {"bbox_regression": torch.randn(32, 8732, 4, requires_grad=True), "cls_logits": torch.randn(32, 8732, 91, requires_grad=True)}


def loss():
    for tensor in head.values():
        tensor.grad = None
    matched = [model.proposal_matcher(box_iou(target["boxes"], anchors[0])) for target in targets]
    sum(model.compute_loss(targets, head, [anchors[0]] * 32, matched).values()).backward()


report("matching, loss, gradients, 32 pictures", 4, loss)

optimizer = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9, weight_decay=5e-4)
some = [torch.rand(3, 300, 300)] * 8


def step(pictures, lower):
    optimizer.zero_grad()
    with lower():
        total = sum(model(some[:pictures], [dict(target) for target in targets[:pictures]]).values())
    total.backward()
    optimizer.step()


for lower, name in PRECISIONS:
    report(f"training step, 2 pictures{name}", 4, lambda: step(2, lower))
report("training step, 8 pictures", 2, lambda: step(8, contextlib.nullcontext))


class Photographs(torch.utils.data.Dataset):
    """The files of a folder, augmented as the paper of SSD does and torchvision's training does: colors, zoom out, zoom in, flip."""

    def __init__(self, folder):
        self.files = sorted(glob.glob(os.path.join(folder, "*.jpg")))
        self.changes = [ColorJitter(brightness=0.125), ColorJitter(contrast=0.5), ColorJitter(saturation=0.5), ColorJitter(hue=0.05)]

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        image = Image.open(self.files[index]).convert("RGB")
        boxes = torch.tensor([[40.0 + 140 * i, 60 + 80 * i, 160 + 140 * i, 200 + 80 * i] for i in range(4)])
        for change in self.changes:
            if random.random() < 0.5:
                image = change(image)
        if random.random() < 0.5:
            image, boxes = self.zoom_out(image, boxes)
        image, boxes = self.zoom_in(image, boxes)
        if random.random() < 0.5:
            image = F.hflip(image)
            boxes[:, [0, 2]] = image.width - boxes[:, [2, 0]]
        return F.to_tensor(image), {"boxes": boxes}

    @staticmethod
    def zoom_out(image, boxes):
        ratio = random.uniform(1, 4)
        width, height = int(image.width * ratio), int(image.height * ratio)
        left, top = random.randint(0, width - image.width), random.randint(0, height - image.height)
        sides = [left, top, width - image.width - left, height - image.height - top]
        return F.pad(image, sides, fill=(123, 117, 104)), boxes + torch.tensor([left, top, left, top])

    @staticmethod
    def zoom_in(image, boxes):
        while True:
            least = random.choice([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
            if least >= 1:
                return image, boxes
            for _ in range(40):
                width, height = (int(side * random.uniform(0.3, 1)) for side in image.size)
                if not 0.5 <= width / height <= 2:
                    continue
                left, top = random.randint(0, image.width - width), random.randint(0, image.height - height)
                x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
                inside = (left < x) & (x < left + width) & (top < y) & (y < top + height)
                if not inside.any():
                    continue
                part = torch.tensor([[left, top, left + width, top + height]], dtype=torch.float)
                if box_iou(boxes[inside], part).max() < least:
                    continue
                kept = boxes[inside] - torch.tensor([left, top, left, top])
                return F.crop(image, top, left, height, width), kept.clamp(min=0)


loader = torch.utils.data.DataLoader(
    Photographs(sys.argv[1]), batch_size=16, shuffle=True, num_workers=os.cpu_count(), persistent_workers=True, collate_fn=lambda samples: tuple(zip(*samples))
)


def load():
    for images, _ in loader:
        model.transform(list(images))


report("reading, augmenting, batching 64 JPEGs", 3, load)
