"""A user's own transformation of rows: from a form field to a hundred thousand rows, one sandbox."""

import hermetic

USER_CODE = """
def transform(row):
    row["total"] = round(row["price"] * row["count"], 2)
    row["large"] = row["total"] > 100
    return row
"""


def main() -> None:
    rows = [{"item": f"item {n}", "price": n % 50 + 0.25, "count": n % 7} for n in range(1000)]
    program = hermetic.compile(USER_CODE, limits=hermetic.Limits(wall=2.0, memory=32 << 20))
    done = list(program.map(rows))
    print(len(done), "rows,", sum(row["large"] for row in done), "large; the first:", done[1])
    try:
        list(program.map([{"price": 1, "count": 2}, {"price": "free"}]))
    except hermetic.GuestError as error:
        print(f"row {error.index}: {error}")


if __name__ == "__main__":
    main()
