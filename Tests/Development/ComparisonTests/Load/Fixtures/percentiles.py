"""Writes percentiles.json: numpy's percentiles of some times. Needs numpy; generated with version 2.4.6."""

import json
import pathlib

import numpy

# As shares: 99.9 / 100 is a little more than 0.999, so that numpy would return the next one of a thousand values.
SHARES = {0: 0, 1: 0.01, 10: 0.1, 25: 0.25, 50: 0.5, 75: 0.75, 90: 0.9, 95: 0.95, 99: 0.99, 99.9: 0.999, 100: 1}
random = numpy.random.default_rng(5)
samples = {f"{count} times": random.lognormal(1, 1, count).round(3) for count in (1, 2, 3, 10, 99, 101, 1000)}
samples["one to a hundred"] = numpy.arange(1.0, 101.0)
samples["many alike"] = numpy.array([7.5] * 60 + [8.0] * 39 + [900.0])
samples["descending"] = numpy.arange(50.0, 0.0, -1.0)

fixtures = [
    {
        "name": name,
        "values": values.tolist(),
        "percents": list(SHARES),
        "expected": [float(numpy.quantile(values, share, method="inverted_cdf")) for share in SHARES.values()],
    }
    for name, values in samples.items()
]
path = pathlib.Path(__file__).with_name("percentiles.json")
path.write_text("[\n" + ",\n".join(json.dumps(fixture) for fixture in fixtures) + "\n]\n")
