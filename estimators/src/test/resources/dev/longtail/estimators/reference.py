"""Writes reference.csv: values of the estimators computed independently with mpmath at 60 digits.

Nothing here follows the Java code: beta functions instead of split-off remainders, and plain nested root
finding on (q1, q0) instead of a curve in one variable.

    python3 reference.py > reference.csv
"""

from mpmath import mp, mpf, beta, log, sqrt, erfinv, gammainc, findroot

mp.dps = 60
INF = mpf("inf")
TINY = mpf(10) ** -50


def log_m(q, s, n):
    """log of the beta-binomial mixture against accuracy q."""
    value = log(beta(s + mpf(1) / 2, n - s + mpf(1) / 2) / beta(mpf(1) / 2, mpf(1) / 2))
    for count, share in ((s, q), (n - s, 1 - q)):
        if count:
            if share <= 0:
                return INF
            value -= count * log(share)
    return value


def bisect(f, low, high, digits=45):
    """Root of an increasing f between low and high."""
    while high - low > mpf(10) ** -digits:
        middle = (low + high) / 2
        if f(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def score(q, s, n):
    """Derivative of log_m by q, increasing."""
    left = -s / q if s else mpf(0)
    right = (n - s) / (1 - q) if n - s else mpf(0)
    return left + right


def least(difference, n1, s1, n0, s0):
    """min of log_m(q1) + log_m(q0) over q1 - q0 = difference: a convex problem in q0."""
    low, high = max(mpf(0), -difference), min(mpf(1), 1 - difference)
    if low >= high:
        return log_m(low + difference, s1, n1) + log_m(low, s0, n0)

    def slope(q0):
        return score(q0 + difference, s1, n1) + score(q0, s0, n0)

    a, b = low + TINY, high - TINY
    if slope(a) >= 0:
        q0 = low
    elif slope(b) <= 0:
        q0 = high
    else:
        q0 = bisect(slope, a, b)
    return log_m(q0 + difference, s1, n1) + log_m(q0, s0, n0)


def band(n1, s1, n0, s0, alpha):
    limit = log(1 / alpha)
    observed = mpf(s1) / n1 - mpf(s0) / n0
    ends = []
    for sign in (-1, 1):
        def excess(distance):
            return least(observed + sign * distance, n1, s1, n0, s0) - limit

        farthest = 1 - sign * observed
        if farthest <= 0 or excess(farthest) <= 0:
            ends.append(mpf(sign))
        else:
            ends.append(observed + sign * bisect(excess, mpf(0), farthest, 18))
    return ends


def log_e(n1, s1, n0, s0, theta):
    observed = mpf(s1) / n1 - mpf(s0) / n0
    return least(min(observed, theta), n1, s1, n0, s0)


def newcombe(n1, s1, n0, s0, alpha):
    z = sqrt(2) * erfinv(1 - alpha)

    def lower(s, n):
        if s == 0:
            return mpf(0)
        p = mpf(s) / n
        wilson = (p + z**2 / (2 * n) - z * sqrt(p * (1 - p) / n + z**2 / (4 * mpf(n) ** 2))) / (1 + z**2 / n)
        if s > 5:
            return wilson
        # P[Poisson(mean) >= s] = alpha / 2
        mean = bisect(lambda m: gammainc(s, 0, m, regularized=True) - alpha / 2, mpf(0), mpf(s), 30)
        return min(wilson, mean / n)

    q1, q0 = mpf(s1) / n1, mpf(s0) / n0
    l1, u1 = lower(s1, n1), 1 - lower(n1 - s1, n1)
    l0, u0 = lower(s0, n0), 1 - lower(n0 - s0, n0)
    down = sqrt((q1 - l1) ** 2 + (u0 - q0) ** 2)
    up = sqrt((u1 - q1) ** 2 + (q0 - l0) ** 2)
    return max(mpf(-1), q1 - q0 - down), min(mpf(1), q1 - q0 + up)


COUNTS = [
    (1, 0, 1, 0), (1, 1, 1, 0), (1, 0, 1, 1), (2, 1, 1, 1), (7, 7, 3, 0), (7, 0, 3, 3), (7, 4, 3, 2), (14, 13, 6, 1),
    (35, 35, 15, 15), (35, 0, 15, 0), (35, 35, 15, 0), (35, 34, 15, 1), (70, 56, 80, 48), (56, 5, 29, 0),
    (350, 175, 150, 75), (350, 315, 150, 135), (350, 346, 150, 8), (350, 350, 150, 0), (350, 350, 150, 149),
    (343, 300, 157, 100), (700, 693, 300, 15), (700, 650, 300, 200), (700, 0, 300, 300), (1400, 1399, 600, 3),
    (2800, 1400, 1200, 600), (2800, 2520, 1200, 1080), (2800, 2772, 1200, 60), (2800, 2800, 1200, 0),
    (2811, 2700, 1189, 900), (2790, 1500, 1210, 700), (15, 16 - 1, 17, 16), (16, 8, 16, 0), (33, 17, 65535, 40000),
    (45875, 45000, 19660, 15000), (700000, 699000, 300000, 200000),
]
NUMBERS = ["se", "newcombe05low", "newcombe05high", "newcombe01low", "newcombe01high", "band05low", "band05high",
           "band01low", "band01high", "logE0", "logE0.1", "logE-0.05", "logM1at0.6", "logM0at0.001"]

print("in,inCorrect,out,outCorrect," + ",".join(NUMBERS))
for n1, s1, n0, s0 in COUNTS:
    q1, q0 = mpf(s1) / n1, mpf(s0) / n0
    row = [sqrt(q1 * (1 - q1) / n1 + q0 * (1 - q0) / n0)]
    for alpha in (mpf("0.05"), mpf("0.01")):
        row += newcombe(n1, s1, n0, s0, alpha)
    for alpha in (mpf("0.05"), mpf("0.01")):
        row += band(n1, s1, n0, s0, alpha)
    row += [log_e(n1, s1, n0, s0, mpf(theta)) for theta in ("0", "0.1", "-0.05")]
    row += [log_m(mpf("0.6"), s1, n1), log_m(mpf("0.001"), s0, n0)]
    print(",".join([str(c) for c in (n1, s1, n0, s0)] + [mp.nstr(v, 20) for v in row]), flush=True)
