"""Comparisons with a function that can't run: every case waits for it, so that each takes a minute and more."""

import json
import os

from comparison import UNSET, check, checkout, run  # noqa: F401
from function import BINARY


def test_a_missing_executable_and_a_debug_build_are_warnings(checkout, tmp_path):
    built = checkout / ".build/debug/SubmitJobFunction"
    built.parent.mkdir(parents=True)
    built.write_text(f"#!/bin/sh\nexec '{BINARY}'\n")
    built.chmod(0o755)
    (checkout / "mine.yaml").write_text("""
Resources:
  Mine:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: provided.al2023
      Handler: bootstrap
      CodeUri: none/
      Events:
        Submit: {Type: HttpApi, Properties: {Method: POST, Path: '/jobs/{jobQueue}/{jobDefinition}'}}
""")
    ended = run("--requests", "4", "--warm-up", "2", "mine.yaml", "--json", str(tmp_path / "r"), cwd=checkout,
                env=UNSET)
    report = check(json.loads((tmp_path / "r").read_text()))
    for words in ("The function is a debug build, .build/debug/SubmitJobFunction",
                  "mine.yaml: Resources.Mine: none/bootstrap does not exist"):
        assert any(warning.startswith(words) for warning in report["run"]["warnings"]), report["run"]["warnings"]
        assert words in ended.stderr


def test_a_function_that_never_responds_has_no_cost(tmp_path):
    ended = run("--requests", "4", "--warm-up", "2", "--json", str(tmp_path / "r"),
                env={**os.environ, "APIGW_BATCH_FUNCTION": "/bin/false"})
    assert ended.returncode == 0, ended.stderr
    report = check(json.loads((tmp_path / "r").read_text()))
    assert {cost["variant"] for cost in report["cost"]} == {"direct", "direct-minimal"}
    assert report["breakEven"] == []
    for variant in ("lambda-rest", "lambda-http"):
        assert any(warning.startswith(f"the function of {variant} never responded: Runtime.ExitError; run: ")
                   for warning in report["run"]["warnings"]), report["run"]["warnings"]
        assert [row.get("initMax") for row in report["latency"] if row["variant"] == variant] == [None]
    assert "No cost for lambda-rest and lambda-http: no request succeeded." in report["run"]["notes"]
