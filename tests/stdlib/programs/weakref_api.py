# Weak references: objects go at `del`, when they are rebound, when their function returns; cycles at gc.collect().

import gc
import weakref


class Node:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Node({self.name})"

    def method(self):
        return self.name


node = Node("a")
ref = weakref.ref(node)
print(ref() is node, ref == weakref.ref(node), weakref.ref(node) is ref, weakref.getweakrefcount(node))
called = weakref.ref(node, lambda r: print("callback", r() is None))
proxy = weakref.proxy(node)
print(proxy.name, proxy.method(), proxy == node, weakref.getweakrefcount(node))
finalizer = weakref.finalize(node, print, "finalized", sep="-")
method = weakref.WeakMethod(node.method)
values = weakref.WeakValueDictionary(x=node)
keys = weakref.WeakKeyDictionary({node: 1})
items = weakref.WeakSet([node])
print(finalizer.alive, method()(), dict(values), list(keys.items()), node in items, len(items), values.get("y"))
print(node, [node, (node,)], f"{node}")  # leaves it in slots that are not cleared
del node
print(ref(), called(), finalizer.alive, method(), len(values), len(keys), len(items))
try:
    proxy.name
except ReferenceError as e:
    print(e)


def local():
    node = Node("local")
    return weakref.ref(node)


print(local()())
node = Node("rebound")
ref = weakref.ref(node)
node = None
print(ref())
left, right = Node("left"), Node("right")
left.other, right.other = right, left
ref = weakref.ref(left)
del left, right
gc.collect()
print(ref())


class Cache:
    def __init__(self):
        self.made = 0
        self.values = weakref.WeakValueDictionary()

    def get(self, key):
        value = self.values.get(key)
        if value is None:
            self.made += 1
            value = self.values[key] = Node(key)
        return value


cache = Cache()
kept = [cache.get(n) for n in "abc"]
cache.get("d")
gc.collect()
print(cache.made, sorted(cache.values), cache.get("a") is kept[0])
del kept[1]
print(sorted(cache.values), cache.get("b").name, cache.made)
many = [Node(i) for i in range(300)]
refs = [weakref.ref(n) for n in many]
del many[::3]
gc.collect()
n = None
print(98 <= sum(r() is None for r in refs) <= 100)  # a stale value may look like a reference to one
for value in (1, "s", (1,), [1], {}, None):
    try:
        weakref.ref(value)
    except TypeError as e:
        print(e)
last = weakref.finalize(Cache, print, "at exit")
print(last.atexit, last.peek()[2], weakref.finalize(cache, print).detach()[0] is cache)
