# sorted(): by itemgetter, attrgetter, lambda, tuple, in reverse, stable; min and max with a key.

from operator import attrgetter, itemgetter


class Item:
    def __init__(self, name, price, stock):
        self.name = name
        self.price = price
        self.stock = stock


items = [Item("item%d" % (i * 7919 % 10007), i * 31 % 997, i % 13) for i in range(4000)]
rows = [{"name": item.name, "price": item.price, "stock": item.stock} for item in items]
words = [item.name for item in items]
total = 0
for _ in range(5):
    total += sorted(items, key=attrgetter("price", "name"))[7].price
    total += sorted(rows, key=itemgetter("stock"), reverse=True)[3]["price"]
    total += len(sorted(rows, key=lambda r: (-r["price"], r["name"]))[0]["name"])
    total += len(sorted(words)[5]) + len(sorted(words, key=len)[0]) + len(sorted(words, key=str.lower, reverse=True)[9])
    total += max(rows, key=itemgetter("price"))["stock"] + min(items, key=lambda item: item.stock).price
print(total)
