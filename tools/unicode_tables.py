#!/usr/bin/env python3
"""Write the guest's table of character properties: unicode_tables.py OUTPUT.

The properties are those that CPython 3.11's str methods see (Unicode 14.0.0), taken from the running Python. A newer
Python knows newer characters: those in NEWER are left out, and a mapping to one of them as well, so that every Python
makes the same table. Its digest is checked: nothing is written from data that gives another one.

The table is a list of runs of characters that share a record: binary search, about 20 KB.
"""

import hashlib
import pathlib
import sys
import unicodedata

VERSION = (14, 0, 0)
DIGEST = "19695d2194ef4257665ed37bc32e257c13619af930165dc2d6595c0776670806"

# Assigned after Unicode 14.0.0.
NEWER = [
    (0x0897, 0x0897), (0x0CF3, 0x0CF3), (0x0ECE, 0x0ECE), (0x1B4E, 0x1B4F), (0x1B7F, 0x1B7F),
    (0x1C89, 0x1C8A), (0x2427, 0x2429), (0x2FFC, 0x2FFF), (0x31E4, 0x31EF), (0xA7CB, 0xA7CD),
    (0xA7DA, 0xA7DC), (0x105C0, 0x105F3), (0x10D40, 0x10D8F), (0x10EC2, 0x10EFF), (0x1123F, 0x11241),
    (0x11380, 0x113E2), (0x116D0, 0x116E3), (0x11B00, 0x11BF9), (0x11F00, 0x11F5A), (0x1342F, 0x1342F),
    (0x13439, 0x143FA), (0x16100, 0x16139), (0x16D40, 0x16D79), (0x18CFF, 0x18CFF), (0x1B132, 0x1B132),
    (0x1B155, 0x1B155), (0x1CC00, 0x1CEB3), (0x1D2C0, 0x1D2D3), (0x1DF25, 0x1DF2A), (0x1E030, 0x1E08F),
    (0x1E4D0, 0x1E5FF), (0x1F6DC, 0x1F6DC), (0x1F774, 0x1F77F), (0x1F7D9, 0x1F7D9), (0x1F8B2, 0x1F8C1),
    (0x1FA75, 0x1FA77), (0x1FA87, 0x1FA8F), (0x1FAAD, 0x1FAAF), (0x1FABB, 0x1FABF), (0x1FAC6, 0x1FACF),
    (0x1FADA, 0x1FADF), (0x1FAE8, 0x1FAE9), (0x1FAF7, 0x1FAF8), (0x1FBCB, 0x1FBEF), (0x2B739, 0x2B739),
    (0x2EBF0, 0x2EE5D), (0x31350, 0x323AF),
]
# Numbers since 15.0, characters before.
NEWER_NUMBERS = {
    0x4E24, 0x4EAC, 0x4FE9, 0x5006, 0x62D0, 0x6D1E, 0x7695, 0x79ED, 0x920E, 0x94A9,
}

FLAGS = ["alpha", "decimal", "digit", "numeric", "lower", "upper", "title", "space", "printable", "xid_start",
         "xid_continue", "case_ignorable", "special"]
KINDS = ["upper", "lower", "title", "casefold"]


UNASSIGNED = frozenset(code for first, last in NEWER for code in range(first, last + 1))
NOTHING = 0, (0, 0, 0, 0), 0


def mapped(char, kind):
    """What `kind` makes of a character: itself when the result is not in this version."""
    result = getattr(char, kind)()
    return char if len(result) == 1 and ord(result) in UNASSIGNED else result


def case_ignorable(char):
    """Skipped in the search for a cased character around a final sigma, as str.lower() shows."""
    return ("A" + char + "\u03a3").lower()[-1] == "\u03c2" and ("1" + char + "\u03a3").lower()[-1] != "\u03c2"


def record(code):
    """(flags, deltas of the four simple mappings, decimal or digit value) of a character."""
    char = chr(code)
    if code in UNASSIGNED or unicodedata.category(char) in ("Cn", "Cs", "Co"):
        return NOTHING
    values = {
        "alpha": char.isalpha(), "decimal": char.isdecimal(), "digit": char.isdigit(), "numeric": char.isnumeric() and code not in NEWER_NUMBERS,
        "lower": char.islower(), "upper": char.isupper(), "title": unicodedata.category(char) == "Lt",
        "space": char.isspace(), "printable": char.isprintable(), "xid_start": char.isidentifier() and char != "_",
        "xid_continue": ("a" + char).isidentifier(), "case_ignorable": case_ignorable(char),
        "special": any(len(mapped(char, kind)) > 1 for kind in KINDS),
    }
    results = [mapped(char, kind) for kind in KINDS]
    deltas = tuple(ord(result) - code if len(result) == 1 else 0 for result in results)
    value = unicodedata.digit(char, 0) if values["digit"] else 0
    return sum(1 << bit for bit, name in enumerate(FLAGS) if values[name]), deltas, value


def main():
    if tuple(map(int, unicodedata.unidata_version.split("."))) < VERSION:
        sys.exit(f"unicode_tables: this Python has Unicode {unicodedata.unidata_version}, the guest 14.0.0")
    records, runs, last = {}, [], None
    for code in range(0x110000):
        this = record(code)
        if this[0] & 1 << FLAGS.index("decimal") and last and last[0] == this[0] and last[2] + 1 == this[2]:
            # Ten digits in a row are one run: its first value and the distance give the others.
            last = this
            continue
        if this != last:
            runs.append(code << 11 | records.setdefault(this, len(records)))
        last = this
    special = []
    for code in range(0x10000):
        char = chr(code)
        if record(code)[0] & 1 << FLAGS.index("special"):
            for kind, name in enumerate(KINDS):
                result = mapped(char, name)
                if len(result) > 1:
                    special.append((code, kind, [ord(c) for c in result] + [0] * (3 - len(result))))
    # Distances are few: an index of 8 bits each.
    deltas = sorted({delta for _, four, _ in records for delta in four})
    lines = ["#ifdef UNI_ONLY_FLAGS", "enum {",
             *(f"    UNI_{name.upper()} = 1 << {bit}," for bit, name in enumerate(FLAGS)), "};", "#else"]
    lines.append(f"static const int32_t uni_deltas[] = {{ {', '.join(map(str, deltas))} }};")
    lines.append("static const struct { uint16_t flags; uint8_t value, delta[4]; } uni_records[] = {")
    lines += [f"    {{ {flags}, {value}, {{ {', '.join(str(deltas.index(d)) for d in four)} }} }},"
              for flags, four, value in records]
    lines.append("};\nstatic const uint32_t uni_runs[] = {")
    lines += ["    " + " ".join(f"{run}," for run in runs[at:at + 12]) for at in range(0, len(runs), 12)]
    lines.append("};\nstatic const struct { uint16_t code, kind, to[3]; } uni_special[] = {")
    lines += [f"    {{ {code}, {kind}, {{ {', '.join(map(str, to))} }} }}," for code, kind, to in special]
    lines.append("};\n#endif\n")
    text = "\n".join(lines)
    assert len(deltas) < 256 and len(records) < 2048, (len(deltas), len(records))
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest != DIGEST:
        sys.exit(f"unicode_tables: Unicode {unicodedata.unidata_version} gives another table than 14.0.0: {digest}")
    pathlib.Path(sys.argv[1]).write_text(text)
    print(f"{len(runs)} runs, {len(records)} records, {len(deltas)} distances, {len(special)} special", file=sys.stderr)


if __name__ == "__main__":
    main()
