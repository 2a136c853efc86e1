from datetime import date, datetime, time, timedelta, timezone

d = date(2024, 2, 29)
print(d, repr(d), d.weekday(), d.isocalendar(), d.toordinal(), d + timedelta(366), d.replace(year=2023, day=28), d.strftime("%A %d %B %Y %j %U %W %y"))
t = datetime(2024, 12, 31, 23, 59, 59, 123456)
print(t, t.isoformat(timespec="milliseconds"), repr(t), t + timedelta(microseconds=876544), t - datetime(2024, 1, 1), t.ctime())
for s in ("2024-01-02", "20240102", "2024-W05-3"):
    print(date.fromisoformat(s))
for s in ("2024-01-02T03:04:05", "2024-01-02 03:04", "2024-01-02T03:04:05.678901+05:30", "2024-01-02T03:04:05Z"):
    print(repr(datetime.fromisoformat(s)))
for text, form in (("2024-03-05 14:07:09", "%Y-%m-%d %H:%M:%S"), ("5 Mar 24", "%d %b %y"), ("03/05/2024 02:07 PM", "%m/%d/%Y %I:%M %p"),
                   ("2024-065", "%Y-%j"), ("12:30:45.000123", "%H:%M:%S.%f"), ("2024-03-05T00:00:00+0200", "%Y-%m-%dT%H:%M:%S%z")):
    print(datetime.strptime(text, form))
for text, form in (("x", "%Y"), ("2024-13-01", "%Y-%m-%d"), ("2024-01-01 x", "%Y-%m-%d"), ("2024", "%Q")):
    try:
        print(datetime.strptime(text, form))
    except ValueError as e:
        print(e)
u = timedelta(days=-1, hours=5, milliseconds=1.5)
print(u, repr(u), u.total_seconds(), -u, abs(u), u * 2, u / 2, u // timedelta(hours=1), divmod(timedelta(hours=25), timedelta(days=1)), timedelta(hours=1.5) * 0.5)
z = timezone(timedelta(hours=-3, minutes=-30), "NST")
a = datetime(2024, 6, 1, 12, tzinfo=z)
print(a, repr(a), a.astimezone(timezone.utc), a.utcoffset(), a.tzname(), a == datetime(2024, 6, 1, 15, 30, tzinfo=timezone.utc), a.timestamp())
print(datetime.fromtimestamp(0, timezone.utc), datetime.fromtimestamp(1e9 + 0.5, timezone.utc), f"{d:%d.%m.%y} {t:%H:%M}", sorted([date(2024, 5, 1), d]))
print(time(1, 2, 3), repr(time(1, 2)), time.fromisoformat("04:05:06.007"), time(5) < time(6), datetime.combine(d, time(7)), t.date(), t.time())
for f in (lambda: date(2023, 2, 29), lambda: date(2024, 13, 1), lambda: datetime(2024, 1, 1, 24), lambda: a < t, lambda: date.fromisoformat("x"),
          lambda: timedelta(days=10 ** 9), lambda: date.max + timedelta(1)):
    try:
        print(f())
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
