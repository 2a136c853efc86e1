# String methods on a text of some kilobytes: split, replace, find, strip, count, startswith, join, slices.

WORDS = "the quick brown fox jumps over a lazy dog while seven wizards brew strong potions at midnight".split()


def sentence(seed, length):
    chosen = []
    for _ in range(length):
        seed = (seed * 1103 + 12345) % 65521
        chosen.append(WORDS[seed % len(WORDS)])
    return " ".join(chosen) + " . "


text = ""
for seed in range(60):
    text += sentence(seed, 30)

total = 0
for turn in range(50):
    for part in text.split(" . "):
        part = part.strip()
        if part.startswith("the"):
            total += 1
        total += len(part.split())
        total += part.find("wizards")
        total += part.count("o")
    changed = text.replace("fox", "vixen").replace("dog", "hound")
    total += len(changed) + changed.rfind("vixen")
    at = 0
    while True:
        at = text.find("over", at)
        if at < 0:
            break
        total += at
        at += 4
    total += len("".join(word[0].upper() + word[1:] for word in text.split()))
    if "nothing like this" in text:
        total += 1
print(len(text), total)
