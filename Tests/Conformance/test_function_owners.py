"""A short run of the campaign that tries to see or touch others' jobs; `make fuzz-owners` runs it in full."""

import pytest

import fuzz_owners


def test_no_one_sees_or_touches_the_job_of_another():
    counts, faults = fuzz_owners.run(3_000, seed=1)
    assert not faults, faults[:3]
    # The test would prove nothing if one of these had not occurred.
    assert counts["tries"] == 3_000
    assert min(counts["seen"], counts["listed"], counts["submit 200"], counts["submit 400"]) > 100
    assert min(counts["read 404"], counts["cancel 404"], counts["read 403"], counts["list 403"]) > 100
    assert counts["ended"] > 30


def test_a_function_that_shows_everyone_every_job_fails():
    _, faults = fuzz_owners.Campaign("1 0", 300, seen_by="everyone").run()
    kinds = {what.split(" ")[0] for _, what, *_ in faults}
    assert {"shows", "ends", "200"} <= kinds, kinds


@pytest.mark.parametrize("arguments", [["--tries=x"], ["--tries=0"], ["--seed=1e3"], ["--tries=²"]])
def test_an_invalid_option(arguments):
    with pytest.raises(SystemExit, match="^fuzz-owners: .*; run: make fuzz-owners TRIES="):
        fuzz_owners.main(arguments)
