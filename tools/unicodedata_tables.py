#!/usr/bin/env python3
"""Write the tables of the guest's module unicodedata: unicodedata_tables.py OUTPUT.

As unicode_tables.py does: Unicode 14.0.0, taken from the running Python, the same from every Python, checked by a digest.

Names are 0.8 MB of text. Each is a list of numbers of words, without the words that it begins with as the name before
does; the words are sorted and kept without what they begin with as the word before. That makes 0.18 MB.
"""

import collections
import hashlib
import pathlib
import sys
import unicodedata

from unicode_tables import NEWER_NUMBERS, UNASSIGNED, VERSION

DIGEST = "57f142448a15cf0cb05a22c8e77c159426a6e67e7395b810803cf082237cf8ff"

CATEGORIES = "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co".split()
BIDIRECTIONAL = ["", *"L R AL EN ES ET AN CS NSM BN B S WS ON LRE LRO RLE RLO PDF LRI RLI FSI PDI".split()]
WIDTHS = "N A H W F Na".split()
TAGS = ["", *(f"<{tag}>" for tag in "font noBreak initial medial final isolated circle super sub vertical wide narrow "
              "small square fraction compat".split())]

# What newer versions say otherwise.
OLDER_NUMBERS = {0x5146: 1e12}

WORDS_OF_ONE_BYTE = 112
BLOCK = 32


def assigned(code):
    return code not in UNASSIGNED and unicodedata.category(chr(code)) != "Cn"


def record(code):
    char = chr(code)
    if not assigned(code):
        return 0, 0, WIDTHS.index("F"), 0, 0  # as CPython 3.11 has it
    return (CATEGORIES.index(unicodedata.category(char)), BIDIRECTIONAL.index(unicodedata.bidirectional(char)),
            WIDTHS.index(unicodedata.east_asian_width(char)), unicodedata.mirrored(char), unicodedata.combining(char))


def varint(number):
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))


def named():
    """(code, name) of the characters whose names do not follow from their codes."""
    for code in range(0x110000):
        name = unicodedata.name(chr(code), "") if assigned(code) else ""
        if name and not 0xAC00 <= code <= 0xD7A3 and not name.endswith(f"-{code:04X}"):
            yield code, name.split(" ")


def front_coded(words):
    """Sorted words: how many letters are shared with the word before, the others, the last one with its high bit set."""
    data, offsets, before = bytearray(), [], ""
    for i, word in enumerate(words):
        shared = 0
        if i % BLOCK == 0:
            offsets.append(len(data))
        else:
            while shared < min(len(before), len(word) - 1, 127) and before[shared] == word[shared]:
                shared += 1
        data.append(shared)
        data += word[shared:-1].encode() + bytes([ord(word[-1]) | 0x80])
        before = word
    return data, offsets


def names():
    """Lexicon and names, as (title, element type, values) of tables."""
    every = list(named())
    counts = collections.Counter(word for _, name in every for word in name)
    frequent = sorted(word for word, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS_OF_ONE_BYTE])
    words = frequent + sorted(set(counts) - set(frequent))
    number = {word: i for i, word in enumerate(words)}
    lexicon, lexicon_blocks = front_coded(frequent)
    rest, rest_blocks = front_coded(words[WORDS_OF_ONE_BYTE:])
    data, blocks, runs, before = bytearray(), [], [], []
    for i, (code, name) in enumerate(every):
        if not runs or every[i - 1][0] + 1 != code:
            runs += [code, i]
        shared = 0
        if i % BLOCK == 0:
            blocks.append(len(data))
        else:
            while shared < min(len(before), len(name), 15) and before[shared] == name[shared]:
                shared += 1
        data.append(shared)
        for word in name[shared:]:
            index = number[word]
            if index < WORDS_OF_ONE_BYTE:
                data.append(0x10 + index)
            else:
                index -= WORDS_OF_ONE_BYTE
                data += bytes([0x80 | index >> 8, index & 0xFF])
        before = name
    assert len(words) - WORDS_OF_ONE_BYTE < 1 << 15 and len(rest) < 1 << 16
    limits = [len(every), max(len(name) for _, name in every), max(len(" ".join(name)) for _, name in every)]
    return [("names", "uint8_t", data), ("name_blocks", "uint32_t", blocks), ("name_runs", "uint32_t", runs),
            ("frequent_words", "uint8_t", lexicon), ("frequent_word_blocks", "uint16_t", lexicon_blocks),
            ("words", "uint8_t", rest), ("word_blocks", "uint16_t", rest_blocks)], limits, len(words)


def decompositions():
    data, blocks, pairs, i, last = bytearray(), [], [], 0, 0
    for code in range(0x110000):
        mapping = unicodedata.decomposition(chr(code)) if assigned(code) else ""
        if not mapping or 0xAC00 <= code <= 0xD7A3:
            continue
        parts = mapping.split(" ")
        tag = TAGS.index(parts.pop(0)) if parts[0][0] == "<" else 0
        codes = [int(part, 16) for part in parts]
        if i % BLOCK == 0:
            blocks += [code, len(data)]
            last = code
        data += varint(code - last) + bytes([tag << 3 | (len(codes) if len(codes) < 8 else 0)])
        if len(codes) >= 8:
            data.append(len(codes))
        for part in codes:
            data += varint(part)
        if tag == 0 and len(codes) == 2 and unicodedata.normalize("NFC", chr(codes[0]) + chr(codes[1])) == chr(code):
            pairs.append((*codes, code))
        last = code
        i += 1
    pairs.sort()
    short = [part for pair in pairs if max(pair) < 0x10000 for part in pair]
    long = [part for pair in pairs if max(pair) >= 0x10000 for part in pair]
    return [("mappings", "uint8_t", data), ("mapping_blocks", "uint32_t", blocks),
            ("pairs", "uint16_t", short), ("long_pairs", "uint32_t", long)]


def properties():
    records, runs, last = {}, [], None
    for code in range(0x110000):
        this = record(code)
        if this != last:
            runs.append(code << 11 | records.setdefault(this, len(records)))
        last = this
    packed = [category | bidi << 5 | width << 10 | mirrored << 13 | combining << 14
              for category, bidi, width, mirrored, combining in records]
    values, numbers = {}, []
    for code in range(0x110000):
        char = chr(code)
        value = unicodedata.numeric(char, None)
        if value is not None and assigned(code) and code not in NEWER_NUMBERS and not char.isdigit():
            value = OLDER_NUMBERS.get(code, value)
            numerator, denominator = value.as_integer_ratio()
            if denominator & denominator - 1 or denominator > 1 << 20:
                denominator = next(d for d in range(3, 1000) if round(value * d) / d == value)
                numerator = round(value * denominator)
            numbers.append(code << 8 | values.setdefault((numerator, denominator), len(values)))
    fractions = [part for value in values for part in value]
    assert len(records) < 2048 and len(values) < 256
    return [("runs", "uint32_t", runs), ("records", "uint32_t", packed), ("numbers", "uint32_t", numbers),
            ("fractions", "int64_t", fractions)]


def main():
    if tuple(map(int, unicodedata.unidata_version.split("."))) < VERSION:
        sys.exit(f"unicodedata_tables: this Python has Unicode {unicodedata.unidata_version}, the guest 14.0.0")
    tables, (count, most_words, longest), words = names()
    tables += decompositions() + properties()
    lines = [f"enum {{ UCD_BLOCK = {BLOCK}, UCD_NAMES = {count}, UCD_NAME_WORDS = {most_words}, UCD_NAME_LONGEST = {longest},",
             f"    UCD_FREQUENT = {WORDS_OF_ONE_BYTE}, UCD_WORDS = {words} }};"]
    for title, strings in ("categories", CATEGORIES), ("bidirectional", BIDIRECTIONAL), ("widths", WIDTHS), ("tags", TAGS):
        lines.append(f"static const char ucd_{title}[][12] = {{ {', '.join(f'{chr(34)}{s}{chr(34)}' for s in strings)} }};")
    for title, kind, values in tables:
        lines.append(f"static const {kind} ucd_{title}[] = {{")
        lines += ["    " + " ".join(f"{value}," for value in values[at:at + 24]) for at in range(0, len(values), 24)]
        lines.append("};")
    text = "\n".join(lines) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest != DIGEST and DIGEST:
        sys.exit(f"unicodedata_tables: Unicode {unicodedata.unidata_version} gives another table than 14.0.0: {digest}")
    pathlib.Path(sys.argv[1]).write_text(text)


if __name__ == "__main__":
    main()
