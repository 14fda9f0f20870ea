# Writes figures.json: what SciPy and NumPy make of many random tables, for each formula but ces-1, which has ces.py.
# Run with Python 3 and SciPy 1.10 (Debian 12: python3-scipy, which brings NumPy):  python3 figures.py
#
# Wherever SciPy has the formula it is SciPy's own; where it has not, the definition is worked out in another way than the collector does: exact or
# fifty-digit numbers instead of ratios, root-finding instead of a closed form, matrices instead of sums, single answers instead of counts.
#
# The random tables come from Python's own generator, whose numbers stay the same from version to version.
import json
import math
import random
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy import optimize, stats
from scipy.stats.contingency import association

getcontext().prec = 50
rng = random.Random(20261122)


def quantile(p, df):
    # SciPy 1.10 looks for t.ppf with a tolerance that leaves it wrong in the ninth digit; its tail is right to the last ones. See ces.py.
    return optimize.brentq(lambda x: stats.t.sf(x, df) - (1 - p), 0, 13, xtol=1e-15, rtol=1e-15)


def write_out(lowest, counts):
    return np.repeat(np.arange(lowest, lowest + len(counts), dtype=float), counts)


def draw(answers, weights):
    counts = [0] * len(weights)
    for place in rng.choices(range(len(weights)), weights, k=answers):
        counts[place] += 1
    return counts


def shape(width):
    kind = rng.randrange(5)
    if kind == 0:  # Skewed as real ones are: 70 % at the top, and less the further from it.
        return [0.3 * 0.5 ** (width - place - 1) for place in range(width - 1)] + [0.7]
    if kind == 1:  # Both ends.
        return [abs(2 * place - width + 1) ** 3 + 0.1 for place in range(width)]
    if kind == 2:  # One score only.
        return [1 if place == rng.randrange(width) else 1e-9 for place in range(width)]
    return [rng.random() ** 3 + 1e-9 for _ in range(width)]


def size():
    return rng.choice([1, 2, 3, 5, rng.randrange(1, 12), 30, rng.randrange(10, 300), rng.randrange(100, 4000)])


# patterns-1 ---------------------------------------------------------------------------------------------------------------------------------


def fisher(a, b, c, d):
    # All tables with these margins, by fifty-digit numbers from their exact ratios; R's rule for those that are equally probable.
    row, column, n = a + b, a + c, a + b + c + d
    least, most = max(0, row + column - n), min(row, column)
    weights = [Decimal(1)]
    for k in range(least, most):
        weights.append(weights[-1] * ((row - k) * (column - k)) / ((k + 1) * (n - row - column + k + 1)))
    limit = weights[a - least] * (1 + Decimal('1e-7'))
    p = float(sum(w for w in weights if w <= limit) / sum(weights))
    if n < 2000:
        assert math.isclose(p, stats.fisher_exact([[a, b], [c, d]])[1], rel_tol=1e-6, abs_tol=1e-300), (a, b, c, d)
    return p


def fourfold(count, of, other_count, other):
    # residual, p
    n, column = of + other, count + other_count
    if of == 0 or other == 0 or column in (0, n):
        return 0.0, 1.0
    table = [[count, of - count], [other_count, other - other_count]]
    squared, p, _, expected = stats.chi2_contingency(table, correction=False)
    residual = math.copysign(math.sqrt(Fraction(count * n - of * column) ** 2 * n / (of * other * column * (n - column))), count * n - of * column)
    assert math.isclose(residual**2, squared, rel_tol=1e-6, abs_tol=1e-9)
    if min(of, other) * min(column, n - column) < 5 * n:
        assert expected.min() < 5
        p = fisher(count, of - count, other_count, other - other_count)
    return residual, float(p)


def adjusted(p):
    return [min([1.0] + [other * len(p) / sum(each <= other for each in p) for other in p if other >= own]) for own in p]


def cell_table(name, counts):
    # counts: one [answers, difficult] for each cell; together they are the selection. Each margin of two cells is tested with them.
    answers, difficult = sum(c[0] for c in counts), sum(c[1] for c in counts)
    cells = [list(c) for c in counts] + [[a[0] + b[0], a[1] + b[1]] for a, b in zip(counts[::2], counts[1::2])]
    found = [fourfold(c[1], c[0], difficult - c[1], answers - c[0]) for c in cells]
    q = adjusted([p for _, p in found])
    tests = []
    for (n, d), (residual, p), each_q in zip(cells, found, q):
        share = d / n if n else None
        rest = (difficult - d) / (answers - n) if answers > n else None
        tests.append({'answers': n, 'difficult': d, 'share': share, 'rest': rest, 'lift': share / rest if rest and n else None,
                      'residual': residual, 'p': p, 'q': each_q})
    whole = None
    rows = [c for c in counts if c[0] > 0]
    if len(rows) > 1 and 0 < difficult < answers:
        table = np.array([[d, n - d] for n, d in rows])
        _, p, _, expected = stats.chi2_contingency(table, correction=False)
        whole = {'cramersV': float(association(table, method='cramer', correction=False)), 'p': float(p), 'smallExpected': bool(expected.min() < 5)}
    return {'name': name, 'answers': answers, 'difficult': difficult, 'rows': len(counts), 'cells': tests, 'association': whole}


def any_cells():
    kind, rows = rng.randrange(6), rng.randrange(1, 13)
    base, spread = rng.choice([0.02, 0.1, 0.337, 0.5, 0.95]), rng.choice([0, 0.1, 0.4])
    cells = []
    for _ in range(rows):
        n = [rng.randrange(0, 8), rng.randrange(0, 40), rng.randrange(10, 400), int(10 ** (5 * rng.random())), rng.randrange(1, 3000),
             int(10 ** (7 * rng.random()))][kind]
        share = min(1, max(0, base + spread * (rng.random() - 0.5)))
        cells.append([n, min(n, max(0, round(n * share + (rng.random() - 0.5) * 2 * math.sqrt(n * share * (1 - share) + 0.5))))])
    return cells


CELLS = [
    cell_table('nobody', []), cell_table('one empty cell', [[0, 0]]), cell_table('one cell', [[40, 13]]), cell_table('one answer', [[1, 1]]),
    cell_table('nobody found it difficult', [[10, 0], [20, 0]]), cell_table('all found it difficult', [[10, 10], [20, 20]]),
    cell_table('one empty beside one', [[0, 0], [20, 7]]), cell_table('all of one, none of the other', [[30, 30], [50, 0]]),
    cell_table('all of a few, none of very many', [[4, 4], [9_999_996, 0]]), cell_table('two alike', [[7, 3], [7, 3]]),
    cell_table("the contract's example", [[268, 139], [1413, 428]]), cell_table('tea', [[4, 3], [4, 1]]),
    cell_table('one in a thousand million', [[5, 1], [10**9, 7]]),
] + [cell_table(f'random {number}', any_cells()) for number in range(300)]


# priorities-1 -------------------------------------------------------------------------------------------------------------------------------


def group_table(name, groups, lowest=1):
    target = 5.5 if lowest else 8
    samples = [write_out(lowest, counts) for counts in groups]
    n = np.array([len(s) for s in samples], float)
    means = np.array([s.mean() for s in samples])
    everything = np.concatenate(samples)
    entry = {'name': name, 'lowest': lowest, 'groups': groups, 'target': target, 'mean': float(everything.mean()), 'answers': len(everything)}
    k, total = len(samples), len(everything)
    squares = float(sum(((s - s.mean()) ** 2).sum() for s in samples))
    within = (squares + everything.var(ddof=1)) / (total - k + 1) if total > 1 else None
    homogeneity = None
    if k > 1 and total > k and everything.var() > 0:
        homogeneity = float(stats.f_oneway(*samples).pvalue) if squares > 0 else 0.0

    def surplus(between):
        w = 1 / (between + within / n)
        return float((w * (means - np.average(means, weights=w)) ** 2).sum()) - (k - 1)

    between = 0.0
    if within and k > 1 and surplus(0) > 0:
        between = optimize.brentq(surplus, 0, 1000, xtol=1e-14, rtol=1e-14)
    touchpoints = []
    if within:
        error = within / n
        cover = np.diag(between + error)
        of_between = 2 / (1 / (between + error) ** 2).sum()
    for i in range(k):
        freedom = math.inf
        if not within:
            deviation, shrunk = (None if within is None else 0.0), float(means[i])
        else:
            pull = error[i] / (between + error[i])
            predictor = pull * n / total
            predictor[i] += 1 - pull
            shrunk = float(predictor @ means)
            known = predictor @ cover @ predictor - 2 * between * predictor[i] + between
            apart = -n / total
            apart[i] += 1
            slope = error[i] / (between + error[i]) ** 2
            deviation = math.sqrt(max(0, known + 2 * slope**2 * of_between * (apart @ cover @ apart)))
            if k > 1:  # Satterthwaite: twice the square of the variance, divided by the variance that it has from the between-variance.
                follows = predictor @ predictor - 2 * predictor[i] + 1
                doubt = follows**2 * of_between
                freedom = max(k - 1, 2 * deviation**4 / doubt) if doubt > 0 else math.inf
        if deviation:
            away = (shrunk - target) / deviation
            below = float(stats.t.sf(away, freedom) if freedom < 10_000 else stats.norm.sf(away))
        else:
            below = None if deviation is None else float(shrunk < target)
        touchpoints.append({'mean': float(means[i]), 'shrunk': shrunk, 'deviation': deviation, 'below': below,
                            'gain': float(n[i] * max(0, target - shrunk) / total)})
    return entry | {'within': within, 'between': between, 'homogeneity': homogeneity, 'touchpoints': touchpoints}


def any_groups():
    width, common = rng.choice([5, 7, 11]), rng.randrange(2)
    weights = shape(width)
    return [draw(size(), weights if common else shape(width)) for _ in range(rng.choice([1, 2, 3, 5, 12, 40]))]


GROUPS = [
    group_table('one answer', [[0, 0, 1, 0, 0]]), group_table('one answer each', [[0, 0, 1, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 0, 1]]),
    group_table('one touchpoint', [[1, 2, 3, 4, 5]]), group_table('all the same', [[0, 0, 0, 0, 5], [0, 0, 0, 0, 1]]),
    group_table('two that never vary', [[0, 0, 0, 0, 5], [3, 0, 0, 0, 0]]), group_table('one that never varies', [[0, 0, 0, 0, 50], [3, 4, 5, 1, 9]]),
    group_table('three awful beside three hundred bad', [[3, 0, 0, 0, 0, 0, 0], [40, 60, 80, 60, 40, 20, 0], [10, 20, 30, 40, 100, 300, 1500]]),
    group_table('very unequal', [[9_000, 1_000, 5_000, 3_000, 60_000], [1, 0, 0, 0, 0], [0, 1, 0, 0, 1]]),
] + [group_table(f'random {number}', any_groups(), number % 2) for number in range(220)]


# change-1, ces-2 ------------------------------------------------------------------------------------------------------------------------------


def bounded(lowest, counts):
    sample, top = write_out(lowest, counts), len(counts) - 1
    n = len(sample)
    if n < 2:
        return None
    share = (sample.mean() - lowest) / top
    # One answer more, spread over the scale: each score gets 1/width of it.
    weights, values = np.array(counts) + 1 / len(counts), np.arange(len(counts)) / top
    middle = np.average(values, weights=weights)
    dispersion = np.average((values - middle) ** 2, weights=weights) / (middle * (1 - middle))
    t = quantile(0.975, n - 1)

    def away(true):
        return (share - true) ** 2 - t**2 * dispersion * true * (1 - true) / n

    # At an end of the scale one root is the end itself; the other is looked for a little away from it.
    low = 0.0 if share == 0 else optimize.brentq(away, 0, min(share, 1 - 1e-12), xtol=1e-16, rtol=1e-15)
    high = 1.0 if share == 1 else optimize.brentq(away, max(share, 1e-12), 1, xtol=1e-16, rtol=1e-15)
    return [lowest + top * low, lowest + top * high]


def difference(lowest, parts, signs):
    samples = [write_out(lowest, counts) for counts in parts]
    if any(len(s) == 0 for s in samples):
        return None
    value = float(sum(sign * s.mean() for sign, s in zip(signs, samples)))
    if any(len(s) < 2 for s in samples):
        return {'value': value, 'interval': None, 'bounded': None, 'smallest': None}
    errors = [stats.sem(s) ** 2 for s in samples]
    bounds = [bounded(lowest, counts) for counts in parts]
    below = math.sqrt(sum((s.mean() - b[0] if sign > 0 else b[1] - s.mean()) ** 2 for sign, s, b in zip(signs, samples, bounds)))
    above = math.sqrt(sum((b[1] - s.mean() if sign > 0 else s.mean() - b[0]) ** 2 for sign, s, b in zip(signs, samples, bounds)))
    entry = {'value': value, 'bounded': [value - below, value + above]}
    variance = sum(errors)
    if variance == 0:
        return entry | {'interval': [value, value], 'smallest': None}
    df = variance**2 / sum(e**2 / (len(s) - 1) for e, s in zip(errors, samples))
    margin = quantile(0.975, df) * math.sqrt(variance)
    if len(samples) == 2:  # SciPy's own test is at 0.05 exactly where the interval's end is at 0.
        shifted = stats.ttest_ind(samples[0] - samples[0].mean() + margin, samples[1] - samples[1].mean(), equal_var=False)
        assert math.isclose(shifted.pvalue, 0.05, rel_tol=1e-6), (parts, shifted)
    return entry | {'interval': [value - margin, value + margin], 'smallest': margin + quantile(0.8, df) * math.sqrt(variance)}


def change_table(name, lowest, before, after, control=None):
    ranks = None
    first, second = write_out(lowest, before), write_out(lowest, after)
    if len(first) and len(second):
        with np.errstate(all='ignore'):  # All values the same: 0 divided by 0.
            found = stats.mannwhitneyu(second, first, alternative='two-sided', method='asymptotic', use_continuity=True)
        same = len(set(first) | set(second)) == 1
        ranks = {'u': float(found.statistic), 'superiority': float(found.statistic) / len(first) / len(second), 'p': 1.0 if same else float(found.pvalue)}
    return {'name': name, 'lowest': lowest, 'before': before, 'after': after, 'control': control, 'ranks': ranks,
            'beforeBounded': bounded(lowest, before), 'difference': difference(lowest, [after, before], [1, -1]),
            'beyond': control and difference(lowest, [after, before, control[1], control[0]], [1, -1, -1, 1])}


def any_change(number):
    width, weights = rng.choice([5, 7, 11]), None
    weights = shape(width)
    sides = [draw(size(), weights if rng.randrange(2) else shape(width)) for _ in range(4)]
    return change_table(f'random {number}', int(width != 11), sides[0], sides[1], sides[2:] if number % 2 else None)


E5 = [0, 0, 0, 0, 0]
CHANGES = [
    change_table('nobody', 1, E5, E5, [E5, E5]), change_table('nobody before', 1, E5, [1, 2, 3, 4, 5]), change_table('nobody after', 1, [1, 2, 3, 4, 5], E5),
    change_table('one each', 1, [1, 0, 0, 0, 0], [0, 0, 0, 0, 1]), change_table('one before', 1, [1, 0, 0, 0, 0], [0, 0, 3, 4, 9]),
    change_table('one and the same', 1, [0, 0, 1, 0, 0], [0, 0, 1, 0, 0]), change_table('all the same', 1, [0, 0, 0, 0, 30], [0, 0, 0, 0, 20]),
    change_table('from one end to the other', 1, [30, 0, 0, 0, 0], [0, 0, 0, 0, 20]), change_table('two each', 1, [2, 0, 0, 0, 0], [0, 0, 0, 0, 2]),
    change_table('one side never varies', 1, [0, 0, 0, 0, 30], [1, 2, 3, 4, 5]), change_table('nobody in the control', 1, [1, 2, 3, 4, 5], [1, 2, 3, 4, 9], [E5, E5]),
    change_table('one in the control', 1, [1, 2, 3, 4, 5], [1, 2, 3, 4, 9], [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0]]),
    change_table('nothing ever varies', 1, [0, 0, 9, 0, 0], [0, 0, 9, 0, 0], [[0, 0, 9, 0, 0], [0, 0, 9, 0, 0]]),
] + [any_change(number) for number in range(300)]


# nps-1, csat-1, rates, trends -----------------------------------------------------------------------------------------------------------------


def nps_table(counts):
    sample = np.repeat([-100.0, 0.0, 100.0], [sum(counts[:7]), sum(counts[7:9]), sum(counts[9:])])
    if len(sample) == 0:
        return {'counts': counts, 'score': None, 'interval': None}
    # Three answers more: ¾ at each extreme, and so 1½ in between.
    weights = np.array([sum(counts[:7]) + 0.75, sum(counts[7:9]) + 1.5, sum(counts[9:]) + 0.75])
    values = np.array([-100.0, 0.0, 100.0])
    middle = np.average(values, weights=weights)
    margin = stats.norm.ppf(0.975) * math.sqrt(np.average((values - middle) ** 2, weights=weights) / weights.sum())
    return {'counts': counts, 'score': float(sample.mean()), 'interval': [max(-100.0, middle - margin), min(100.0, middle + margin)]}


def csat_table(counts):
    sample = write_out(0, counts)
    n = len(sample)
    if n == 0:
        return {'counts': counts, 'index': None, 'indexInterval': None, 'topTwo': None, 'topTwoInterval': None}
    index = sample * 100 / (len(counts) - 1)
    margin = quantile(0.975, n - 1) * stats.sem(index) if n > 1 else None
    with np.errstate(divide='ignore'):
        wilson = stats.binomtest(counts[-1] + counts[-2], n).proportion_ci(method='wilson')
    return {'counts': counts, 'index': float(index.mean()), 'indexInterval': [float(index.mean() - margin), float(index.mean() + margin)] if n > 1 else None,
            'topTwo': float(np.mean(sample >= len(counts) - 2)), 'topTwoInterval': [float(wilson.low), float(wilson.high)]}


def rate_table(count, of, after_count, after_of):
    def wilson(x, n):
        with np.errstate(divide='ignore'):
            found = stats.binomtest(x, n).proportion_ci(method='wilson')
        return x / n, float(found.low), float(found.high)

    (p1, l1, u1), (p2, l2, u2) = wilson(count, of), wilson(after_count, after_of)
    return {'before': [count, of], 'after': [after_count, after_of], 'p': fourfold(after_count, after_of, count, of)[1],
            'interval': [p2 - p1 - math.hypot(p2 - l2, u1 - p1), p2 - p1 + math.hypot(u2 - p2, p1 - l1)]}


def trend_table(days):
    # days: { day: counts of the scores 1 to 5 }
    x = np.concatenate([np.full(sum(counts), float(day)) for day, counts in days])
    y = np.concatenate([write_out(1, counts) for _, counts in days])
    entry = {'days': [[day, *counts] for day, counts in days], 'perDay': None, 'interval': None}
    if len(set(x)) < 2:
        return entry
    line = stats.linregress(x, y)
    if len(x) < 3:
        return entry | {'perDay': float(line.slope)}
    margin = quantile(0.975, len(x) - 2) * float(line.stderr)
    return entry | {'perDay': float(line.slope), 'interval': [float(line.slope) - margin, float(line.slope) + margin]}


def any_trend():
    weights = shape(5)
    start = rng.randrange(0, 1000)
    return trend_table([(start + day, draw(1 + rng.randrange(30), [w * (1 + 0.05 * day * place) for place, w in enumerate(weights)]))
                        for day in sorted(rng.sample(range(60), rng.randrange(1, 30)))])


NPS = [nps_table([0] * 11), nps_table([1] + [0] * 10), nps_table([0] * 10 + [1]), nps_table([0] * 8 + [1, 0, 0]), nps_table([0] * 10 + [5000])] + [
    nps_table(draw(size(), shape(11))) for _ in range(220)]
CSAT = [csat_table([0] * 5), csat_table([1, 0, 0, 0, 0]), csat_table([0, 0, 0, 0, 1]), csat_table([0, 0, 0, 0, 40]), csat_table([3, 4])] + [
    csat_table(draw(size(), shape(rng.choice([5, 7, 10, 11])))) for _ in range(220)]


def any_rate():
    sizes = [int(10 ** (6 * rng.random())) for _ in range(2)]
    share = rng.choice([0.001, 0.02, 0.1, 0.4, 0.9, 1])
    counts = [min(n, max(0, round(n * share * (0.7 + 0.6 * rng.random())))) for n in sizes]
    return rate_table(counts[0], sizes[0], counts[1], sizes[1])


RATES = [rate_table(0, 1, 0, 1), rate_table(1, 1, 0, 1), rate_table(0, 10, 10, 10), rate_table(56, 70, 48, 80)] + [any_rate() for _ in range(220)]
TRENDS = [trend_table([(5, [1, 0, 0, 0, 0])]), trend_table([(5, [1, 0, 0, 0, 0]), (6, [0, 1, 0, 0, 0])]), trend_table([(1, [0, 0, 4, 0, 0]), (9, [0, 0, 5, 0, 0])])] + [
    any_trend() for _ in range(220)]

sections = {'cells': CELLS, 'groups': GROUPS, 'changes': CHANGES, 'nps': NPS, 'csat': CSAT, 'rates': RATES, 'trends': TRENDS}
lines = [f'"{name}":[\n' + ',\n'.join(json.dumps(entry, allow_nan=False, separators=(',', ':')) for entry in entries) + '\n]'
         for name, entries in sections.items()]
Path(__file__).with_name('figures.json').write_text('{\n' + ',\n'.join(lines) + '\n}\n')
print({name: len(entries) for name, entries in sections.items()})
