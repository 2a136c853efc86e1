# Topological order.

__all__ = ["TopologicalSorter", "CycleError"]


class CycleError(ValueError):
    pass


class TopologicalSorter:
    def __init__(self, graph=None):
        self._before = {}  # node: nodes that come before it
        self._left = None  # number of those not done; None before prepare()
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def add(self, node, *predecessors):
        if self._left is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        known = self._before.setdefault(node, [])
        for p in predecessors:
            known.append(p)
            self._before.setdefault(p, [])

    def prepare(self):
        if self._left is not None:
            raise ValueError("cannot prepare() more than once")
        self._left = {node: len(before) for node, before in self._before.items()}
        self._after = {}
        for node, before in self._before.items():
            for p in before:
                self._after.setdefault(p, []).append(node)
        self._ready = [node for node, n in self._left.items() if n == 0]
        self._passed = set()
        self._finished = 0
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def get_ready(self):
        if self._left is None:
            raise ValueError("prepare() must be called first")
        ready, self._ready = tuple(self._ready), []
        self._passed.update(ready)
        return ready

    def is_active(self):
        if self._left is None:
            raise ValueError("prepare() must be called first")
        return bool(self._ready) or self._finished < len(self._passed)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        if self._left is None:
            raise ValueError("prepare() must be called first")
        for node in nodes:
            if node not in self._left:
                raise ValueError("node %r was not added using add()" % (node,))
            if node not in self._passed:
                raise ValueError("node %r was not passed out (still not ready)" % (node,))
            if self._left[node] < 0:
                raise ValueError("node %r was already marked done" % (node,))
            self._left[node] = -1
            self._finished += 1
            for after in self._after.get(node, ()):
                self._left[after] -= 1
                if self._left[after] == 0:
                    self._ready.append(after)

    def _find_cycle(self):
        after = self._after
        state = {}  # 1 on the path, 2 finished
        for start in self._before:
            if start in state:
                continue
            path = [start]
            its = [iter(after.get(start, ()))]
            state[start] = 1
            while path:
                for node in its[-1]:
                    if state.get(node) == 1:
                        return path[path.index(node):] + [node]
                    if node not in state:
                        state[node] = 1
                        path.append(node)
                        its.append(iter(after.get(node, ())))
                        break
                else:
                    state[path.pop()] = 2
                    its.pop()
        return None

    def static_order(self):
        self.prepare()
        while self.is_active():
            nodes = self.get_ready()
            for node in nodes:
                yield node
            self.done(*nodes)

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)
