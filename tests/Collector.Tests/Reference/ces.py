# Writes ces.json: what SciPy and NumPy make of many tables of effort scores.
# Run with Python 3 and SciPy 1.10 (Debian 12: python3-scipy, which brings NumPy):  python3 ces.py
#
# Each entry has a name; parts, one for each scale: { min, max, easy, counts }, where counts are of the raw scores min to max; and the figure of
# them all. `scales` holds each part's own figure, and those that nobody answered are left out of it.
#
# The random tables come from Python's own generator, whose numbers stay the same from version to version.
import json
import math
import random
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy import optimize, stats

SCALES = [(1, 5), (1, 7), (0, 10), (1, 4), (1, 10)]


def quantile(df):
    # SciPy 1.10 looks for t.ppf(0.975, df) with a tolerance that leaves it wrong by up to 4e-9 of its size. Its tail is right to the last digits,
    # so the quantile is where that is 0.025. The F distribution, which has its own code, agrees where it is at its best itself.
    t = optimize.brentq(lambda x: stats.t.sf(x, df) - 0.025, 1.9, 13, xtol=1e-15, rtol=1e-15)
    assert math.isclose(t, stats.t.ppf(0.975, df), rel_tol=1e-8)
    assert df > 400 or math.isclose(t, math.sqrt(stats.f.ppf(0.95, 1, df)), rel_tol=1e-13)
    return t


# The two quantiles that have a simple closed form.
assert math.isclose(quantile(1), math.tan(0.475 * math.pi), rel_tol=1e-14)
assert math.isclose(quantile(2), 0.95 / math.sqrt(2 * 0.975 * 0.025), rel_tol=1e-14)


def moments(values, counts):
    # The mean, the variance (divided by n - 1) and the standard error of the mean.
    n = sum(counts)
    if n <= 20_000:
        sample = np.repeat(np.array(values), counts)
        return float(np.mean(sample)), float(np.var(sample, ddof=1)) if n > 1 else None, float(stats.sem(sample)) if n > 1 else None
    # Too many to write out one by one: exact fractions instead, rounded once at the end.
    mean = Fraction(sum(v * c for v, c in zip(values, counts)), n)
    variance = sum(c * (v - mean) ** 2 for v, c in zip(values, counts)) / (n - 1)
    return float(mean), float(variance), math.sqrt(variance / n)


def interval(values, counts, mean, error):
    n = sum(counts)
    if n < 2:
        return None
    margin = quantile(n - 1) * error
    if 2 < n <= 20_000 and error > 0:
        whole = stats.ttest_1samp(np.repeat(np.array(values), counts), 0).confidence_interval(0.95)
        assert math.isclose(whole.low, mean - margin, abs_tol=1e-8) and math.isclose(whole.high, mean + margin, rel_tol=1e-8)
    return [mean - margin, mean + margin]


def share(count, n):
    with np.errstate(divide='ignore'):  # The test's p, of which nothing is used here, divides by 0 for none of many.
        wilson = stats.binomtest(count, n).proportion_ci(confidence_level=0.95, method='wilson')
    return {'count': count, 'share': count / n, 'low': float(wilson.low), 'high': float(wilson.high)}


def scale_figure(part):
    low, high = part['min'], part['max']
    scores = range(low, high + 1)
    # Ease and its counts, from the lowest ease up.
    ease = [(score if part['easy'] == 'high' else low + high - score, count) for score, count in zip(scores, part['counts'])]
    ease.sort()
    values, counts = [value for value, _ in ease], [count for _, count in ease]
    mean, variance, error = moments(values, counts)
    return {
        'min': low, 'max': high, 'easy': part['easy'], 'answers': sum(counts), 'mean': mean, 'variance': variance,
        'meanInterval': interval(values, counts, mean, error), 'index': float(np.interp(mean, [low, high], [0, 100])),
        'easyAnswers': sum(c for v, c in ease if 2 * v > low + high), 'difficultAnswers': sum(c for v, c in ease if 2 * v < low + high),
    }


def figure(name, *parts):
    scales = [scale_figure(part) for part in parts if sum(part['counts']) > 0]
    n = sum(scale['answers'] for scale in scales)
    one = scales[0] if len(scales) == 1 else {}
    easy = share(sum(scale['easyAnswers'] for scale in scales), n) if n else None
    difficult = share(sum(scale['difficultAnswers'] for scale in scales), n) if n else None
    return {
        'name': name, 'parts': list(parts), 'answers': n, 'mean': one.get('mean'), 'meanInterval': one.get('meanInterval'),
        'index': float(np.average([scale['index'] for scale in scales], weights=[scale['answers'] for scale in scales])) if n else None,
        'easy': easy, 'difficult': difficult,
        'net': float(Fraction(easy['count'] - difficult['count'], n)) if n else None, 'scales': scales,
    }


def part(scale, easy, counts):
    assert len(counts) == scale[1] - scale[0] + 1
    return {'min': scale[0], 'max': scale[1], 'easy': easy, 'counts': counts}


# Edges, on every scale and with either end easy.
tables = [figure('no scale at all')]
for scale in SCALES:
    width = scale[1] - scale[0] + 1

    def cells(counts):
        return [counts.get(place, 0) for place in range(width)]

    for end in ('high', 'low'):
        edges = {
            'nobody': cells({}),
            'one answer, lowest score': cells({0: 1}), 'one answer, highest score': cells({width - 1: 1}),
            'one answer, in the middle': cells({width // 2: 1}), 'two answers, the same': cells({1: 2}),
            'two answers, neighbours': cells({0: 1, 1: 1}), 'one answer at each end': cells({0: 1, width - 1: 1}),
            'three answers': cells({0: 1, width - 1: 2}),
            'all the lowest score': cells({0: 40}), 'all the highest score': cells({width - 1: 40}), 'all in the middle': cells({width // 2: 40}),
            'one of each': [1] * width, 'half at each end': cells({0: 500, width - 1: 500}), 'all but one': cells({0: 1, width - 1: 9_999}),
            'a thousand million in one cell': cells({width - 1: 10**9}), 'a thousand million but one': cells({0: 1, width - 1: 10**9}),
            'a thousand million in each cell': [10**9] * width, 'one in a thousand million at the low end': cells({0: 10**9, 1: 1}),
            'a thousand million, falling': [10**9 // 10**place for place in range(width)],
        }
        tables += [figure(f'{scale[0]}-{scale[1]} {end}: {name}', part(scale, end, counts)) for name, counts in edges.items()]

# Random ones.
rng = random.Random(20261122)


def draw(scale, easy, answers, weights):
    counts = [0] * (scale[1] - scale[0] + 1)
    for place in rng.choices(range(len(counts)), weights, k=answers):
        counts[place] += 1
    return part(scale, easy, counts)


def any_part(scale, easy):
    width = scale[1] - scale[0] + 1
    kind = rng.randrange(4)
    if kind == 0:  # Few, and anything.
        return draw(scale, easy, 1 + rng.randrange(12), [1] * width)
    if kind == 1:  # Skewed as real ones are: 70 % at the end that is easy, and less the further from it.
        weights = [0.3 * 0.5 ** (width - place - 1) for place in range(width - 1)] + [0.7]
        return draw(scale, easy, 2 + rng.randrange(3000), weights if easy == 'high' else weights[::-1])
    if kind == 2:  # Any shape.
        return draw(scale, easy, 2 + rng.randrange(3000), [rng.random() ** 3 for _ in range(width)])
    # Very many, and cells of very different size, some of them empty.
    return part(scale, easy, [int(10 ** (9 * rng.random())) * (rng.random() < 0.8) for _ in range(width - 1)] + [1 + rng.randrange(10**9)])


for number in range(300):
    scale, end = SCALES[number % len(SCALES)], 'high' if number // len(SCALES) % 2 == 0 else 'low'
    tables.append(figure(f'{scale[0]}-{scale[1]} {end}: random {number}', any_part(scale, end)))

# Several scales together: 1 to 7 with high easy beside 1 to 5 with low easy is the change from one edition of the question to the next.
BOTH = [(scale, end) for scale in SCALES for end in ('high', 'low')]
for number in range(120):
    chosen = rng.sample(BOTH, 2 + number % 2)
    tables.append(figure(f'mixed {number}', *(any_part(*each) for each in chosen)))
tables += [
    figure('mixed: one answer on each', part((1, 7), 'high', [0, 0, 0, 0, 0, 0, 1]), part((1, 5), 'low', [0, 0, 0, 0, 1])),
    figure('mixed: both ends of one range', part((1, 7), 'high', [1, 2, 3, 4, 5, 6, 7]), part((1, 7), 'low', [1, 2, 3, 4, 5, 6, 7])),
    figure('mixed: but nobody on the second', part((1, 7), 'high', [3, 0, 0, 2, 0, 0, 9]), part((1, 5), 'high', [0, 0, 0, 0, 0])),
    figure('mixed: nobody on either', part((1, 7), 'high', [0] * 7), part((1, 5), 'high', [0] * 5)),
    figure('mixed: one against a thousand million', part((1, 7), 'high', [1, 0, 0, 0, 0, 0, 0]), part((1, 5), 'low', [10**9, 0, 0, 0, 0])),
]

lines = [json.dumps(table, allow_nan=False, separators=(',', ':')) for table in tables]
Path(__file__).with_name('ces.json').write_text('[\n' + ',\n'.join(lines) + '\n]\n')
print(f'{len(tables)} tables')
