"""`apigw-batch compare` as a command: the whole comparison on a small load, and what it does when it can't be whole."""

import json
import re
import signal
import subprocess

import jsonschema
import pytest

from function import ROOT
from gateway import COMMAND

VARIANTS = ["lambda-rest", "lambda-http", "direct", "direct-minimal"]
SMALL = ["--requests", "40", "--warm-up", "8", "--concurrency", "4"]


def run(*arguments, **options):
    return subprocess.run([COMMAND, "compare", *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=300, **options)


def check(report):
    jsonschema.validate(report, json.loads((ROOT / "docs/comparison.schema.json").read_text()))
    return report


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    files = tmp_path_factory.mktemp("comparison")
    ended = run(*SMALL, "--rate", "100", "--batch-delay", "1", "--json", str(files / "report.json"), "--markdown",
                str(files / "report.md"), "--html", str(files / "report.html"))
    assert ended.returncode == 0, ended.stderr
    return ended, files


@pytest.fixture
def report(comparison):
    return check(json.loads((comparison[1] / "report.json").read_text()))


def marks(report, variant):
    return {mark for cell in report["behaviour"] if cell["variant"] == variant for mark in cell["marks"]}


def test_only_the_articles_integration_is_marked(report):
    assert [variant["id"] for variant in report["variants"]] == VARIANTS
    assert {variant: marks(report, variant) for variant in VARIANTS} == {
        "lambda-rest": set(), "lambda-http": set(), "direct": set(), "direct-minimal": {"masked-failure", "injected"}}


def test_every_case_is_seen_with_every_variant(report):
    cells = [(cell["case"], cell["variant"]) for cell in report["behaviour"]]
    assert len(cells) == len(set(cells)) == len(VARIANTS) * len({case for case, _ in cells}) > 100


def test_both_loops_measure_what_was_asked_for(report):
    for loop, rate in (("closed", None), ("open", 100)):
        rows = [row for row in report["latency"] if row["loop"] == loop]
        assert [row["variant"] for row in rows] == VARIANTS
        for row in rows:
            assert (row["requests"], row["errors"], row["warmUpRequests"], row.get("rate")) == (40, 0, 8, rate)
            # The delay of Batch is in every time.
            assert 1 < row["p50"] <= row["p90"] <= row["p99"] <= row["max"]


def test_costs_are_those_of_the_prices(report):
    costs = {cost["variant"]: cost for cost in report["cost"]}
    assert costs.keys() == set(VARIANTS)
    prices = json.loads((ROOT / "docs/prices.json").read_text())
    assert costs["direct"]["perMillion"] == prices["restAPI"][0]["perMillion"]
    for variant, api in (("lambda-rest", "restAPI"), ("lambda-http", "httpAPI")):
        cost = costs[variant]
        seconds = cost["billedMilliseconds"] / 1000 * cost["memorySize"] / 1024 * 1e6
        expected = (prices[api][0]["perMillion"] + prices["lambda"]["requestsPerMillion"]
                    + seconds * prices["lambda"]["gigabyteSecond"][cost["architecture"]])
        assert cost["perMillion"] == pytest.approx(expected, abs=0.001)
    assert report["breakEven"]


def test_the_run_is_described(report):
    run = report["run"]
    assert run["build"] == "debug" and any("debug build" in warning for warning in run["warnings"])
    assert run["command"].startswith("swift run apigw-batch compare --requests 40")
    assert "incomplete" not in run


def test_the_other_forms_say_the_same(comparison):
    ended, files = comparison
    for text in (ended.stdout, (files / "report.md").read_text(), (files / "report.html").read_text()):
        for word in [*VARIANTS, "masked-failure", "injected", "an unknown queue"]:
            assert word in text
    assert str(ROOT) not in (files / "report.json").read_text()


def test_progress_is_shown(comparison):
    assert re.search(r"^direct, closed loop: 40 of 40, p50 [\d.]+ ms$", comparison[0].stderr, re.M)
    assert re.search(r"^behaviour: (\d+) of \1 cells$", comparison[0].stderr, re.M)


def test_a_dead_url_ends_with_a_report_of_what_was_tried(tmp_path):
    ended = run(*SMALL, "--direct-url", "http://127.0.0.1:9/v1/direct/jobs/queue/job", "--json", str(tmp_path / "r"))
    assert ended.returncode == 1, ended.stderr
    report = check(json.loads((tmp_path / "r").read_text()))
    assert "nothing was measured" in report["run"]["incomplete"]
    assert "can't connect" in report["run"]["incomplete"]
    assert "Incomplete" in ended.stdout
    assert {cell["body"] for cell in report["behaviour"]} == {"none"}


def test_a_run_without_a_success_has_no_percentiles(tmp_path, batch_url):
    # A Batch refuses what isn't signed for it: every request is answered, and none succeeds.
    ended = run(*SMALL, "--direct-url", f"{batch_url}/v1/submitjob/queue/job", "--json", str(tmp_path / "r"))
    assert ended.returncode == 0, ended.stderr
    report = check(json.loads((tmp_path / "r").read_text()))
    assert [(row["errors"], row.get("p50")) for row in report["latency"]] == [(40, None)]


def test_ctrl_c_ends_with_a_report_of_what_was_measured(tmp_path):
    process = subprocess.Popen(
        [COMMAND, "compare", "--requests", "100000", "--json", str(tmp_path / "r")], cwd=ROOT, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for line in process.stderr:
        if "warm-up: 50 of 50" in line:
            break
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    report = check(json.loads((tmp_path / "r").read_text()))
    assert "interrupted after" in report["run"]["incomplete"]
    assert "interrupted after" in " ".join(output.split())
    assert report["latency"][0]["requests"] < 100000


@pytest.mark.parametrize(("arguments", "words"), [
    (["--requests", "0"], "type: apigw-batch compare --requests 500"),
    (["--rate", "0"], "ask for more than 0"),
    (["--batch-delay", "99999"], "type: --batch-delay 60"),
    (["--json", "/no/such/folder/r.json"], "type: mkdir -p /no/such/folder"),
    (["--direct-url", "ftp://x/a/b"], "no URL that jobs are posted to"),
    (["--direct-url", "http://127.0.0.1:1/jobs/q/d", "template.yaml"], "compare one kind"),
    (["--sign"], "type it with --lambda-url or --direct-url"),
    (["--prices", "template.yaml"], "template.yaml"),
    (["no-such.yaml"], "no-such.yaml: is not there"),
])
def test_a_wrong_command_line_is_named(arguments, words):
    ended = run(*arguments)
    assert (ended.returncode, ended.stdout) == (64, ""), ended.stderr
    assert words in ended.stderr
