"""Writes the files in Fixtures: tiny weights as real PyTorch saves them, in both its formats, and expected.json. Run with Debian's python3-torch.

With --check it writes nothing, and fails if torch reads anything else from the files, or saves anything else today.
"""
import collections
import json
import pathlib
import sys
import tempfile

import torch

FOLDER = pathlib.Path(__file__).with_name("Fixtures")
TYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool]


def types():
    values = {}
    for dtype in TYPES:
        numbers = torch.tensor([[1, 0, 3], [2, 5, 100]])
        values[str(dtype).split(".")[1]] = numbers.to(dtype)
    values["special"] = torch.tensor([float("nan"), float("inf"), -0.0, 1e-45])
    values["scalar"] = torch.tensor(2.5)
    values["empty"] = torch.zeros(0, 4)
    return values


def views():
    base = torch.arange(24, dtype=torch.float32)
    grid = base.view(4, 6)
    return {
        "whole": base,
        "transposed": grid.t(),
        "offset": grid[1:3, 2:5],
        "strided": base[1::5],
        "expanded": base[7:8].expand(3, 2),
        "channels_last": torch.arange(24.0).view(1, 2, 3, 4).contiguous(memory_format=torch.channels_last),
        "last": base[23],
    }


def nested():
    module = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.BatchNorm1d(1))
    with torch.no_grad():
        for number, value in enumerate(module.state_dict().values()):
            value.fill_(number + 1)
    optimizer = torch.optim.SGD(module.parameters(), lr=0.5, momentum=0.9)
    sum(value.sum() for value in module.parameters()).backward()
    optimizer.step()
    return {
        "state_dict": collections.OrderedDict((f"module.{name}", value) for name, value in module.state_dict().items()),
        "parameters": [torch.nn.Parameter(torch.tensor([1.5, -2.0]))],
        "optimizer": optimizer.state_dict(),
        "epoch": 12,
        "big": 2 ** 70,
        "best": 0.25,
        "note": "gr\u00f6\u00dfe",
        "raw": b"\x00\xff",
        "shape": torch.Size([2, 3]),
        "none": None,
        "classes": {"a"},
    }


def module():  # its state_dict has _metadata, as an attribute
    values = torch.nn.Linear(2, 1, bias=False).state_dict()
    values["weight"].copy_(torch.tensor([[1.0, 2.0]]))
    return values


FILES = {
    "types": (types, {}), "views": (views, {}), "nested": (nested, {}), "module": (module, {}),
    "nested-protocol4": (nested, {"pickle_protocol": 4}),
}


def tensors(value, path=""):
    if isinstance(value, torch.Tensor):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from tensors(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value):
            yield from tensors(item, f"{path}.{number}" if path else str(number))


def described(value):
    return [
        {
            "Name": name, "Type": str(tensor.dtype).split(".")[1], "Shape": list(tensor.shape),
            "Hex": bytes(tensor.detach().reshape(-1).contiguous().view(torch.uint8).tolist()).hex(),
        }
        for name, tensor in tensors(value)
    ]


def save(folder):
    for name, (make, options) in FILES.items():
        value = make()
        torch.save(value, folder / f"{name}.pth", **options)
        torch.save(value, folder / f"{name}-legacy.pth", _use_new_zipfile_serialization=False, **options)


expected = {name: described(make()) for name, (make, _) in FILES.items()}
text = json.dumps(expected) + "\n"
if "--check" in sys.argv:
    if (FOLDER / "expected.json").read_text() != text:
        sys.exit(f"{FOLDER}/expected.json is not what torch makes here")
    with tempfile.TemporaryDirectory() as fresh:
        save(pathlib.Path(fresh))
        for file in sorted(pathlib.Path(fresh).iterdir()):
            committed = FOLDER / file.name
            if described(torch.load(committed)) != expected[file.stem.removesuffix("-legacy")]:
                sys.exit(f"{committed} does not hold what torch saves here")
else:
    FOLDER.mkdir(exist_ok=True)
    save(FOLDER)
    (FOLDER / "expected.json").write_text(text)
