"""Makes the fixture that COCO's evaluation is held against: annotations, results, and what pycocotools says of them.

python3 make-coco-scores.py            writes instances.json, results.json and scores.json beside itself
python3 make-coco-scores.py --check    fails if pycocotools says something else than scores.json

Needs numpy and pycocotools. Without pycocotools, --check says so and passes: the tests compare with the committed numbers. Those were
made where the package could not be installed, by the parts of its source that concern boxes (evaluate, accumulate and summarize of
cocoeval.py, the index and loadRes of coco.py, bbIou of maskApi.c, which was compiled), taken over unchanged.
"""

import base64
import json
import os
import random
import sys
import zlib

FOLDER = os.path.dirname(os.path.abspath(__file__))
FILES = {name: os.path.join(FOLDER, name + ".json") for name in ("instances", "results", "scores")}


def scene(seed):
    """Annotations and results with everything that evaluation may trip over."""
    rng = random.Random(seed)
    image_ids = rng.sample(range(1, 600000), 36)
    categories = [18, 3, 90, 44, 62]  # out of order, with gaps; 62 has results but no objects
    annotations, results = [], []

    def size():
        return rng.choice([rng.uniform(4, 32), rng.uniform(32, 96), rng.uniform(96, 240)])

    def annotate(image, category, box, area=None, crowd=0):
        annotations.append({
            "id": len(annotations) * 7 + 5, "image_id": image, "category_id": category, "bbox": box,
            "area": box[2] * box[3] * rng.uniform(.5, 1) if area is None else area, "iscrowd": crowd})

    def find(image, category, box, score):
        results.append({"image_id": image, "category_id": category, "bbox": box, "score": score})

    for image in image_ids[:30]:  # the last six have nothing but what follows below
        for _ in range(rng.randrange(9)):
            box = [round(rng.uniform(0, 300), 2), round(rng.uniform(0, 300), 2), round(size(), 2), round(size(), 2)]
            area = rng.choice([None, None, None, None, 1024, 9216, 1024.0000000000002, 9215.999999999998])
            annotate(image, rng.choice(categories[:4]), box, area, int(rng.random() < .15))
            for _ in range(rng.randrange(4)):
                spread = rng.choice([0, .05, .15, .3])
                moved = [value + rng.uniform(-spread, spread) * box[2 + i % 2] for i, value in enumerate(box)]
                category = annotations[-1]["category_id"] if rng.random() < .9 else rng.choice(categories)
                find(image, category, moved, rng.choice([rng.random(), round(rng.random(), 1)]))
        for _ in range(rng.randrange(8)):
            box = [rng.uniform(0, 300), rng.uniform(0, 300), size(), size()]
            find(image, rng.choice(categories), box, rng.choice([rng.random(), round(rng.random(), 1)]))

    full, exact, outside, crowded, degenerate = image_ids[30:35]
    for i in range(130):  # more than a hundred of one category: the rest is not looked at
        find(full, 18, [rng.uniform(0, 300), rng.uniform(0, 300), 40.0, 40.0], round(rng.random(), 2))
    for i in range(20):
        annotate(full, 18, [15.0 * i, 20.0, 12.0, 40.0])
        find(full, 18, [15.0 * i, 20.0, 12.0, 40.0], round(rng.random(), 2))
    for i, tenths in enumerate([50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100]):  # overlaps of a threshold, as near as numbers come
        for j, (left, width) in enumerate([(0, 100), (.1, 100), (33.33, 10.01), (1e-3, .3), (511.7, 77.77)]):
            box = [left + 700 * i, 200.0 * j, width, width]
            annotate(exact, 44, box)
            find(exact, 44, [box[0], box[1], width * tenths / 100, width], round(rng.random(), 2))
    annotate(outside, 3, [-20.5, -3.25, 60.125, 44.5])
    find(outside, 3, [-19.5, -3.25, 60.125, 44.5], .77)
    annotate(crowded, 90, [0, 0, 300, 300], 90000, 1)
    annotate(crowded, 90, [100, 100, 50, 50], 2400)
    for i in range(12):
        find(crowded, 90, [20 * i, 20 * i, 50, 50], .5)
    annotate(degenerate, 3, [10, 10, 0, 20], 0)
    find(degenerate, 3, [10, 10, 0, 20], .9)
    rng.shuffle(results)
    images = [{"id": image, "file_name": f"{image:012d}.jpg", "width": 640, "height": 480} for image in image_ids]
    return {"images": images, "annotations": annotations,
            "categories": [{"id": category, "name": f"category {category}"} for category in categories]}, results


def scores():
    """The judge's numbers: the twelve, and both arrays as little-endian doubles."""
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    truth = COCO(FILES["instances"])
    judge = COCOeval(truth, truth.loadRes(FILES["results"]), "bbox")
    judge.evaluate()
    judge.accumulate()
    judge.summarize()

    def packed(array):
        return base64.b64encode(zlib.compress(array.astype("<f8").tobytes(), 9)).decode()

    return {"shape [T,R,K,A,M]": list(judge.eval["precision"].shape), "twelve": [float(value) for value in judge.stats],
            "precision": packed(judge.eval["precision"]), "recall": packed(judge.eval["recall"])}


def main():
    check = "--check" in sys.argv[1:]
    try:
        import pycocotools  # noqa: F401
    except ImportError:
        print("pycocotools is not installed here: nothing was compared." if check else "pycocotools is needed to make the fixture.")
        return 0 if check else 1
    if check:
        with open(FILES["scores"]) as file:
            same = json.load(file) == scores()
        print("pycocotools gives the same scores." if same else "pycocotools gives other scores.")
        return 0 if same else 1
    instances, results = scene(20170)
    for name, content in (("instances", instances), ("results", results)):
        with open(FILES[name], "w") as file:
            json.dump(content, file, separators=(",", ":"))
            file.write("\n")
    with open(FILES["scores"], "w") as file:
        json.dump(scores(), file, indent=1)
        file.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
