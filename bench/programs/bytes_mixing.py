# Bytes: a bytearray used as a table, a byte cipher of the RC4 family, hex text, slices.


def schedule(key):
    state = bytearray(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    return state


def stream(state, data):
    out = bytearray(len(data))
    i = j = 0
    for position in range(len(data)):
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out[position] = data[position] ^ state[(state[i] + state[j]) & 255]
    return out


data = bytes(range(256)) * 12
total = 0
for turn in range(45):
    key = bytes([turn + 1, 3, 5, 7, 11])
    secret = stream(schedule(key), data)
    if bytes(stream(schedule(key), secret)) != data:
        total += 1000000
    total += secret[100] + sum(secret[:50])
print(total)
