# The collector as programs see it. It has no generations, and needs no help with cycles.

from _weakref import collect as _collect

DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL, DEBUG_LEAK = 1, 2, 4, 32, 38

callbacks = []
garbage = []
_enabled = True
_threshold = (700, 10, 10)
_debug = 0


def collect(generation=2):
    if not 0 <= generation <= 2:
        raise ValueError("invalid generation")
    for callback in callbacks:
        callback("start", {"generation": generation, "collected": 0, "uncollectable": 0})
    collected = _collect()
    for callback in callbacks:
        callback("stop", {"generation": generation, "collected": collected, "uncollectable": 0})
    return collected


def enable():
    global _enabled
    _enabled = True


def disable():
    global _enabled
    _enabled = False


def isenabled():
    return _enabled


def get_threshold():
    return _threshold


def set_threshold(threshold0, threshold1=10, threshold2=10):
    global _threshold
    _threshold = (threshold0, threshold1, threshold2)


def get_count():
    return (0, 0, 0)


def get_stats():
    return [{"collections": 0, "collected": 0, "uncollectable": 0} for _ in range(3)]


def get_debug():
    return _debug


def set_debug(flags):
    global _debug
    _debug = flags


def is_tracked(obj):
    return not isinstance(obj, (int, float, complex, str, bytes, type(None)))


def is_finalized(obj):
    return False


def get_referents(*objs):
    found = []
    for obj in objs:
        if isinstance(obj, dict):
            found += [*obj, *obj.values()]
        elif isinstance(obj, (list, tuple, set, frozenset)):
            found += obj
        elif hasattr(obj, "__dict__"):
            found += [obj.__dict__, type(obj)]
    return found


def get_objects(generation=None):
    return []


def get_referrers(*objs):
    return []


def freeze():
    pass


unfreeze = freeze


def get_freeze_count():
    return 0
