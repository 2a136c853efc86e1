# Building text: concatenation, formatting in three ways, join, repetition, str of numbers.


def report(rows):
    lines = []
    for i in range(rows):
        name = "item-" + str(i % 97)
        price = (i * 7919) % 10007
        lines.append("%-10s %6d %8.2f" % (name, price, price / 7))
        lines.append(f"{name}:{price:>8} {i:05d}")
        lines.append("{} {} {}".format(i, name, price))
        lines.append(name.upper() + "=" * (i % 13))
    return "\n".join(lines)


def checksum(text):
    total = 0
    for character in text[:3000]:
        total = (total * 31 + ord(character)) % 1000003
    return total


length = 0
total = 0
for rows in range(1500, 1520):
    text = report(rows)
    length += len(text)
    total += checksum(text)
print(length, total)
