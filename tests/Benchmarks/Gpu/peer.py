"""Times torchvision at the work that `GpuWork.cs` does, on a GPU or, with small batches, without: a line "name: seconds" for each piece, the least of several times."""
import contextlib
import glob
import os
import sys
import time

import torch
from PIL import Image
from torchvision.models.detection import ssd300_vgg16
from torchvision.transforms import functional as F

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
on_gpu = device.type == "cuda"
torch.set_num_threads(os.cpu_count())
torch.manual_seed(1)


def report(name, work):
    best = float("inf")
    for turn in range(8 if on_gpu else 2):
        start = time.perf_counter()
        work()
        if on_gpu:
            torch.cuda.synchronize()
        if turn > 0:  # the first one warms up
            best = min(best, time.perf_counter() - start)
    print(f"{name}: {best}", flush=True)


def boxes(*shape):
    corner = torch.rand(*shape, 2) * 0.8
    return torch.cat([corner, corner + 0.02 + torch.rand(*shape, 2) * 0.18], dim=-1)


model = ssd300_vgg16(weights=None, weights_backbone=None).to(device)
batch = 64 if on_gpu else 2
optimizer = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9, weight_decay=5e-4)


def step(images, targets, lower):
    optimizer.zero_grad()
    with torch.autocast(device.type, torch.bfloat16) if lower else contextlib.nullcontext():
        total = sum(model(images, targets).values())
    total.backward()
    optimizer.step()


model.train()
pictures = list(torch.rand(batch, 3, 300, 300, device=device))
truths = [{"boxes": boxes(7).to(device) * 300, "labels": torch.randint(1, 91, (7,), device=device)} for _ in range(batch)]
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
report(f"training step of {batch} pictures, float32", lambda: step(pictures, truths, False))
if on_gpu:
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    report(f"training step of {batch} pictures, TF32", lambda: step(pictures, truths, False))
report(f"training step of {batch} pictures, bfloat16", lambda: step(pictures, truths, True))

files = sorted(glob.glob(os.path.join(sys.argv[1], "*.jpg")))


class Photographs(torch.utils.data.Dataset):
    def __len__(self):
        return len(files)

    def __getitem__(self, index):
        return F.resize(F.to_tensor(Image.open(files[index]).convert("RGB")), [300, 300])


loader = torch.utils.data.DataLoader(Photographs(), batch, num_workers=os.cpu_count(), persistent_workers=True)
waits, steps = [], []
for _ in range(3):
    images = iter(loader)
    while True:
        start = time.perf_counter()
        some = next(images, None)
        if some is None or len(steps) > 40:
            break
        waits.append(time.perf_counter() - start)
        step(list(some.to(device)), truths[: len(some)], False)
        if on_gpu:
            torch.cuda.synchronize()
        steps.append(time.perf_counter() - start)
        if not on_gpu and len(steps) == 3:
            break
    if not on_gpu:
        break
print(f"training step of {batch} JPEGs: {min(steps[1:])}")
print(f"of these, waiting for JPEGs, in the mean: {sum(waits[1:]) / len(waits[1:])}")

model.eval()
with torch.inference_mode():
    picture = torch.rand(3, 480, 640)
    for count in (1, 8, 64) if on_gpu else (1, 2):
        report(f"detection in {count} pictures", lambda: [d["boxes"].cpu() for d in model([picture.to(device)] * count)])
    inputs, _ = model.transform([torch.rand(3, 300, 300, device=device)])
    anchors = model.anchor_generator(inputs, list(model.backbone(inputs.tensors).values())) * batch
    head = {"bbox_regression": torch.randn(batch, 8732, 4, device=device), "cls_logits": torch.randn(batch, 8732, 91, device=device)}
    report(f"post-processing of {batch} pictures", lambda: model.postprocess_detections(head, anchors, [(300, 300)] * batch))
