#!/usr/bin/python3
"""Holds a model against ONNX's own checker, and its declared shapes against those that ONNX infers by itself."""
import sys

import onnx
from onnx import shape_inference

model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)


def shapes(values):
    return {value.name: [side.dim_value or side.dim_param for side in value.type.tensor_type.shape.dim] for value in values}


declared = shapes(list(model.graph.value_info) + list(model.graph.output))
types = {value.name: value.type.tensor_type.elem_type for value in list(model.graph.value_info) + list(model.graph.output)}
del model.graph.value_info[:]
inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True).graph
count = 0
for name, sides in shapes(inferred.value_info).items():
    # A side that ONNX cannot infer has a name of its own making, or none.
    assert len(sides) == len(declared[name]), (name, sides, declared[name])
    for found, said in zip(sides, declared[name]):
        assert found == said or not isinstance(found, int) or found == 0, (name, sides, declared[name])
        count += 1
for value in inferred.value_info:
    assert value.type.tensor_type.elem_type == types[value.name], value.name
print(f"checked {len(declared)} values, {count} sides")
