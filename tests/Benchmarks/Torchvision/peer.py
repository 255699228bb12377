#!/usr/bin/python3
"""Times torchvision at the work that `TorchvisionWork.cs` does: a line "name: seconds" for each piece, the least of several times."""
import os
import time

import torch
from torchvision.models.detection import ssd300_vgg16
from torchvision.ops import box_iou, nms

torch.set_num_threads(os.cpu_count())
torch.manual_seed(1)


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
picture = torch.rand(3, 480, 640)

model.eval()
with torch.inference_mode():
    report("SSD300, one picture", 6, lambda: model([picture]))
    report("SSD300, 8 pictures", 2, lambda: model([picture] * 8))

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
two = [torch.rand(3, 300, 300)] * 2


def step():
    optimizer.zero_grad()
    sum(model(two, [dict(target) for target in targets[:2]]).values()).backward()
    optimizer.step()


report("training step, 2 pictures", 4, step)
