"""A report from JSON: the program is not trusted, the data and the functions that it may use are handed over."""

import json

import hermetic

DATA = json.loads('{"orders": [{"item": "tea", "n": 3}, {"item": "coffee", "n": 1}, {"item": "tea", "n": 2}]}')
PRICES = {"tea": 2.5, "coffee": 3.0}

PROGRAM = """
totals = {}
for order in orders:
    totals[order["item"]] = totals.get(order["item"], 0) + order["n"] * price(order["item"])
for item in sorted(totals):
    print("{:10}{:8.2f}".format(item, totals[item]))
totals
"""


def price(item: str) -> float:
    """The price of an item, in euros."""
    if item not in PRICES:
        raise KeyError(item)
    return PRICES[item]


def main() -> None:
    result = hermetic.run(PROGRAM, inputs={"orders": DATA["orders"]}, functions={"price": price})
    print(result.stdout, end="")
    print("sum:", sum(result.value.values()), "calls:", result.usage.calls)


if __name__ == "__main__":
    main()
