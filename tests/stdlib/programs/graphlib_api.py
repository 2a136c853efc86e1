from graphlib import CycleError, TopologicalSorter

print(list(TopologicalSorter({"d": ["b", "c"], "b": ["a"], "c": ["a"]}).static_order()))
s = TopologicalSorter()
s.add(1, 2, 3)
s.add(2, 3)
s.prepare()
while s.is_active():
    ready = s.get_ready()
    print(sorted(ready))
    s.done(*ready)
try:
    list(TopologicalSorter({1: [2], 2: [3], 3: [1]}).static_order())
except CycleError as e:
    print(e.args[0], sorted(e.args[1][:-1]), e.args[1][0] == e.args[1][-1])
try:
    s.add(5)
except ValueError as e:
    print(e)
