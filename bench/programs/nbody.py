# Float arithmetic on lists: planets under gravity, leapfrog steps.

SUN = 39.47841760435743
BODIES = [
    # position, velocity, mass
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SUN],
    [4.84, -1.16, -0.10, 0.606, 2.812, -0.025, 0.0377],
    [8.34, 4.12, -0.40, -1.011, 1.826, 0.008, 0.0113],
    [12.89, -15.11, -0.22, 1.083, 0.869, -0.011, 0.0017],
    [15.38, -25.92, 0.18, 0.979, 0.594, -0.035, 0.0020],
]


def advance(bodies, step, count):
    for _ in range(count):
        for i in range(len(bodies)):
            a = bodies[i]
            for j in range(i + 1, len(bodies)):
                b = bodies[j]
                dx = a[0] - b[0]
                dy = a[1] - b[1]
                dz = a[2] - b[2]
                squared = dx * dx + dy * dy + dz * dz
                pull = step / (squared * squared**0.5)
                ma = a[6] * pull
                mb = b[6] * pull
                a[3] -= dx * mb
                a[4] -= dy * mb
                a[5] -= dz * mb
                b[3] += dx * ma
                b[4] += dy * ma
                b[5] += dz * ma
        for body in bodies:
            body[0] += step * body[3]
            body[1] += step * body[4]
            body[2] += step * body[5]


def energy(bodies):
    total = 0.0
    for i in range(len(bodies)):
        a = bodies[i]
        total += 0.5 * a[6] * (a[3] * a[3] + a[4] * a[4] + a[5] * a[5])
        for j in range(i + 1, len(bodies)):
            b = bodies[j]
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            total -= a[6] * b[6] / (dx * dx + dy * dy + dz * dz) ** 0.5
    return total


advance(BODIES, 0.001, 10000)
print("%.6f" % energy(BODIES))
