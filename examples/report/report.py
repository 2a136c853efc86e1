"""Clean and summarise the cars data set: an ordinary script, run in the sandbox.

Input: `cars`, a list of dicts as in the data set. Output: a table on standard output; the value is the summary.
"""

# Makes as they were typed in the source, and what was meant.
SPELLINGS = {
    "chevroelt": "chevrolet", "chevy": "chevrolet", "maxda": "mazda", "mercedes-benz": "mercedes",
    "toyouta": "toyota", "vokswagen": "volkswagen", "vw": "volkswagen", "capri": "ford", "hi": "international",
}
LITRES_100KM = 235.215  # divided by miles per US gallon
KG = 0.45359237  # a pound


def clean(rows):
    """Complete rows in metric units, one a car model and year; and why the others were left out."""
    seen, kept, dropped = set(), [], {"incomplete": 0, "duplicate": 0}
    for row in rows:
        if row["Miles_per_Gallon"] is None or row["Horsepower"] is None:
            dropped["incomplete"] += 1
            continue
        name = " ".join(row["Name"].lower().split())
        make = name.split()[0]
        key = (name, row["Year"], row["Weight_in_lbs"])
        if key in seen:
            dropped["duplicate"] += 1
            continue
        seen.add(key)
        kept.append({
            "make": SPELLINGS.get(make, make),
            "year": int(row["Year"][:4]),
            "origin": row["Origin"],
            "litres": LITRES_100KM / row["Miles_per_Gallon"],
            "kg": row["Weight_in_lbs"] * KG,
            "hp": row["Horsepower"],
        })
    return kept, dropped


def median(values):
    values = sorted(values)
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def summarise(rows, field):
    groups = {}
    for row in rows:
        groups.setdefault(row[field], []).append(row)
    table = []
    for name, members in groups.items():
        table.append({
            field: name,
            "cars": len(members),
            "litres": median([m["litres"] for m in members]),
            "kg": median([m["kg"] for m in members]),
            "hp": median([m["hp"] for m in members]),
        })
    return sorted(table, key=lambda line: (-line["cars"], str(line[field])))


def show(title, field, table, most=8):
    print(title)
    print(f"  {field:<14}{'cars':>6}{'l/100km':>9}{'kg':>7}{'hp':>6}")
    for line in table[:most]:
        print(f"  {str(line[field]):<14}{line['cars']:>6}{line['litres']:>9.1f}{line['kg']:>7.0f}{line['hp']:>6.0f}")
    if len(table) > most:
        print(f"  and {len(table) - most} more")
    print()


rows, dropped = clean(cars)  # noqa: F821: `cars` comes from the host
print(f"{len(cars)} rows, {len(rows)} kept, {dropped['incomplete']} incomplete, {dropped['duplicate']} duplicate\n")  # noqa: F821
by_origin, by_make = summarise(rows, "origin"), summarise(rows, "make")
show("By origin (medians)", "origin", by_origin)
show("By make (medians)", "make", by_make)
show("By year (medians)", "year", sorted(summarise(rows, "year"), key=lambda line: line["year"]), most=12)
{"rows": len(rows), "dropped": dropped, "by_origin": by_origin, "makes": len(by_make)}
