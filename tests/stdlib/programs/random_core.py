# The generator under `random`: the same numbers for the same seed.
import _random

for seed in (0, 1, -1, 42, 2**31, 2**32 - 1, 2**32, 2**63, 2**64 + 5, -2**70, 3**500, True):
    r = _random.Random(seed)
    print(seed % 1000003, [r.getrandbits(k) for k in (1, 5, 31, 32, 33, 64, 100, 1000)], int(r.random() * 2**53), int(r.random() * 2**53))
r = _random.Random(7)
for _ in range(1000):
    r.random()
state = r.getstate()
a = [r.random() for _ in range(700)]
print(len(state), state[-1], sum(state[:-1]) % 1000003, sum(int(x * 2**53) for x in a) % 1000003)
r.setstate(state)
print(a == [r.random() for _ in range(700)], r.getrandbits(0))
r.seed(5)
print(r.getrandbits(20), _random.Random(5).getrandbits(20))
try:
    r.getrandbits(-1)
except ValueError as e:
    print(e)
