# CSV: rows with quotes to text and back, by reader and writer and by name.

import csv
import io

rows = [[str(i), "name %d" % i, 'say "%d"' % i if i % 5 == 0 else "plain", "a,b" if i % 7 == 0 else "x", "%.2f" % (i / 3)]
        for i in range(1500)]
total = 0
for _ in range(8):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    text = out.getvalue()
    back = list(csv.reader(io.StringIO(text)))
    total += len(back) + (back == rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "name", "note", "tag", "price"])
    writer.writeheader()
    for row in csv.DictReader(text.splitlines(), ["id", "name", "note", "tag", "price"]):
        total += len(row["name"])
        writer.writerow(row)
    total += len(out.getvalue())
print(total)
