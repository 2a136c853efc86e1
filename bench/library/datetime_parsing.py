# Dates and times: from text by strptime and fromisoformat, arithmetic, to text again.

from collections import Counter
from datetime import date, datetime, timedelta, timezone

start = datetime(2023, 1, 1, tzinfo=timezone.utc)
stamps = [start + timedelta(hours=7 * i, seconds=i) for i in range(1500)]
iso = [stamp.isoformat() for stamp in stamps]
text = [stamp.strftime("%d/%b/%Y:%H:%M:%S %z") for stamp in stamps]
total = 0
for _ in range(2):
    parsed = [datetime.fromisoformat(each) for each in iso]
    total += parsed == stamps
    by_day = Counter(stamp.date() for stamp in parsed)
    total += by_day[date(2023, 2, 1)] + len(by_day)
    total += sum((b - a).seconds for a, b in zip(parsed, parsed[1:])) % 1009
    other = [datetime.strptime(each, "%d/%b/%Y:%H:%M:%S %z") for each in text]
    total += other == parsed
    total += len({stamp.strftime("%Y-%m") for stamp in other}) + sum(stamp.weekday() for stamp in other)
    total += sum((stamp.replace(hour=0) + timedelta(days=30)).day for stamp in other)
    total += sum(datetime.strptime(each[:10], "%Y-%m-%d").day for each in iso)
print(total)
