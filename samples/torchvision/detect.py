"""Detects with weights that were trained in C#, in torchvision's own SSD300: detect.py WEIGHTS.pth PICTURE CLASSES

Prints a line of JSON for each detection, best first: label (from 0), score, box (left, top, right, bottom in pixels).
WEIGHTS.pth is what `singleshot export weights.pth` writes for a model of 300 pixels; CLASSES is how many classes it has.
"""
import json
import sys

import torch
from torchvision.io import ImageReadMode, read_image
from torchvision.models.detection import ssd300_vgg16

weights, picture, classes = sys.argv[1], sys.argv[2], int(sys.argv[3])
model = ssd300_vgg16(weights=None, weights_backbone=None, num_classes=classes + 1)  # torchvision counts the background, too
model.load_state_dict(torch.load(weights))
model.eval()
with torch.no_grad():
    found = model([read_image(picture, ImageReadMode.RGB) / 255])[0]
for label, score, box in zip(found["labels"].tolist(), found["scores"].tolist(), found["boxes"].tolist()):
    print(json.dumps({"label": label - 1, "score": score, "box": box}))
