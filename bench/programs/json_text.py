# JSON: records to text and back.

import json


def records(count):
    result = []
    for i in range(count):
        result.append(
            {
                "id": i,
                "name": "customer " + str(i),
                "tags": ["a", "b\n", "\u00e9t\u00e9", str(i % 7)],
                "price": i * 0.25,
                "active": i % 2 == 0,
                "parent": None,
                "nested": {"x": [i, i + 1, [i * 2]], "y": {"z": "q" * (i % 20)}},
            }
        )
    return result


total = 0
data = records(250)
for turn in range(40):
    text = json.dumps(data)
    back = json.loads(text)
    total += back[turn]["id"] + len(back[turn]["tags"]) + back[-1]["nested"]["x"][0]
    if back != data:
        total += 1000000
print(total)
