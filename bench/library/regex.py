# Regular expressions: log lines by named groups, tokens, substitution by a function, split, findall.

import re

LINE = re.compile(r"(?P<ip>\d+\.\d+\.\d+\.\d+) - (?P<user>\S+) \[(?P<time>[^\]]+)\] \"(?P<verb>[A-Z]+) (?P<path>\S+)[^\"]*\" (?P<status>\d{3}) (?P<size>\d+|-)")
TOKEN = re.compile(r"\s*(?:(?P<number>\d+\.?\d*)|(?P<name>[A-Za-z_]\w*)|(?P<op>[-+*/()=<>]))")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")

log = "\n".join(
    '10.0.%d.%d - user%d [10/Oct/2023:13:55:%02d +0000] "GET /items/%d?q=a%%20b HTTP/1.1" %d %d' % (
        i % 7, i % 251, i % 13, i % 60, i, 200 + i % 3 * 100, i * 37 % 5000)
    for i in range(2000))
text = "Write to first.last+tag@example.co.uk or, else, to someone_else@sub.example.org; never to nobody at all. " * 300
total = 0
for _ in range(4):
    sizes = {}
    for match in LINE.finditer(log):
        sizes[match["status"]] = sizes.get(match["status"], 0) + int(match["size"])
    total += sum(sizes.values())
    total += len(EMAIL.findall(text))
    total += len(re.sub(r"\b(\w)(\w*)", lambda m: m[1].upper() + m[2], text[:20000]))
    total += len(re.split(r"[;,.]\s*", text))
    total += sum(m.lastgroup == "name" for m in TOKEN.finditer("alpha = beta * (3.14 + gamma) / 2 - delta " * 300))
print(total)
