# Float arithmetic on local variables: the Mandelbrot set.


def escape(cr, ci, limit):
    zr = 0.0
    zi = 0.0
    for count in range(limit):
        rr = zr * zr
        ii = zi * zi
        if rr + ii > 4.0:
            return count
        zi = 2.0 * zr * zi + ci
        zr = rr - ii + cr
    return limit


def run(width, height, limit):
    total = 0
    inside = 0
    for y in range(height):
        ci = 2.0 * y / height - 1.0
        for x in range(width):
            count = escape(3.0 * x / width - 2.0, ci, limit)
            total += count
            if count == limit:
                inside += 1
    return total, inside


print(run(160, 100, 120))
