# Dates: what is done in C and what in Python says the same.

import copy
import pickle
import random
from datetime import MAXYEAR, date, datetime, timedelta, timezone

random.seed(3)
zones = [None, timezone.utc, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=3), "X")]


class Mine(datetime):
    pass


def some():
    return datetime(random.randrange(1, MAXYEAR + 1), random.randrange(1, 13), random.randrange(1, 29), random.randrange(24),
                    random.randrange(60), random.randrange(60), random.choice([0, 5, 123456]), random.choice(zones))


seen = []
for _ in range(300):
    a, b = some(), some()
    delta = timedelta(random.randrange(-10 ** 6, 10 ** 6), random.randrange(10 ** 6), random.randrange(10 ** 9), hours=random.randrange(99))
    seen.append((a.isoformat(), delta, str(delta), datetime.fromisoformat(a.isoformat()) == a, a.date().toordinal()))
    for f in (lambda: a + delta, lambda: a - delta, lambda: a - b, lambda: a < b, lambda: a == b, lambda: delta - timedelta(1), lambda: max(a, b)):
        try:
            seen.append(str(f()))
        except (OverflowError, TypeError) as e:
            seen.append(f"{type(e).__name__} {e}")
    if a.year >= 1000:
        for form in ("%Y-%m-%d %H:%M:%S.%f", "%d/%b/%Y:%H:%M:%S", "%A, %d %B %Y %I:%M %p", "%Y%m%d%H%M%S"):
            text = a.strftime(form)
            seen.append((text, datetime.strptime(text, form)))
        text = a.strftime("%Y-%m-%dT%H:%M:%S%z")
        seen.append(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S" + ("%z" if a.tzinfo else "")).isoformat())
for entry in seen[::17]:
    print(entry)
print(len(seen), hash(str(seen)) == hash(str(seen)))
for text in ("2024-02-30", "2024-02-29", "2024-02-29 25:00", "2024-02-29T10", "2024-02-29T10:11Z", "2024-02-29T10:11:12.1234567+05:30",
             "2024-02-29T10:11:12,5", "2024-02-29T10:11:12-00:00:01", "20240229T101112", "2024-W09-4", "2024-02-29x10:11", "é024-02-29"):
    try:
        print(repr(datetime.fromisoformat(text)))
    except ValueError as e:
        print(e)
for text, form in (("5/3/99", "%d/%m/%y"), ("2024-1-2", "%Y-%m-%d"), ("2024-001", "%Y-%j"), ("35", "%d%m"), ("12  30", "%H %M"), ("jan 5 2024", "%B %d %Y"),
                   ("January 5 2024", "%b %d %Y"), ("10 am", "%H %p"), ("+0530 2024", "%z %Y"), ("Z2024", "%z%Y"), ("2024-02-30", "%Y-%m-%d"),
                   ("29 Feb", "%d %b"), ("MAY 7 2024", "%b %d %Y"), ("2024x", "%Y"), ("2024", "%Y "), ("23:59:60 2024", "%H:%M:%S %Y")):
    try:
        print(repr(datetime.strptime(text, form)))
    except ValueError as e:
        print(e)
when = datetime(2024, 1, 31, 12, tzinfo=zones[2])
print(vars(Mine(2024, 1, 1) + timedelta(1)) is not None, type(Mine(2024, 1, 1) + timedelta(1)).__name__, repr(Mine(2024, 5, 6)))
for value in (when, when.date(), when.time(), timedelta(1, 2, 3)):
    again = pickle.loads(pickle.dumps(value))
    print(again == value, copy.deepcopy(value) == value, hash(again) == hash(value), value == again, again <= value)
for f in (lambda: datetime(2024, 1, 1, fold=2), lambda: datetime(2024, 1, 1.5), lambda: date(2024, True, 1), lambda: timedelta(1.5, "x"),
          lambda: timedelta(999999999) + timedelta(1), lambda: date(1, 1, 1) - timedelta(1), lambda: datetime.max + timedelta(microseconds=1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
