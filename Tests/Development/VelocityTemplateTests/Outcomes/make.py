#!/usr/bin/env python3
"""Regenerates outcomes.json: the outcomes of two engines for the templates in templates.json and for generated ones.

    apt-get install velocity default-jdk-headless
    pip install airspeed-ext==0.6.9
    python3 Tests/Development/VelocityTemplateTests/Outcomes/make.py

An outcome is a text, or null for an error. `velocity` is Apache Velocity 1.7's, and `gateway` the one with API Gateway's
rule for references without a value, if that differs. If this module's differs from `velocity`, it is `ours`, with the
reason in `difference`. If airspeed-ext's differs from this module's, it is `airspeed`, with the names of the
`reasons`; README.md explains them, in the table that this script prints.
"""

import base64
import json
import os
import subprocess
import tempfile

import second_engine
from generator import Generator

HERE = os.path.dirname(os.path.abspath(__file__))
JARS = ":".join(f"/usr/share/java/{name}.jar" for name in ("velocity", "commons-collections3", "commons-lang"))
SEEDS = range(300)


def evaluate(templates):
    """Yields each template's text by Velocity and by API Gateway, or None for an error, and the error's message."""
    lines = "".join(base64.b64encode(template.encode()).decode() + "\n" for template in templates)
    with tempfile.TemporaryDirectory() as classes:
        subprocess.run(["javac", "-cp", JARS, "-d", classes, f"{HERE}/Outcomes.java"], check=True)
        run = subprocess.run(["java", "-cp", f"{JARS}:{classes}", "Outcomes"], input=lines, stdout=subprocess.PIPE,
                             text=True, check=True)
    lines = run.stdout.splitlines()
    for line, gateway in zip(lines[::2], lines[1::2], strict=True):
        yield (*(base64.b64decode(each[2:]).decode() if each[0] == "=" else None for each in (line, gateway)), line[2:])


def differing_airspeed(template, ours):
    text, error = second_engine.evaluate(template)
    if text == ours:
        return {}
    return {"airspeed": text, "reasons": ", ".join(second_engine.reasons(template, ours, text, error))}


def main():
    with open(f"{HERE}/templates.json") as file:
        cases = json.load(file)
    cases += [{"template": Generator(seed).template()} for seed in SEEDS]
    outcomes = []
    for case, (text, gateway, message) in zip(cases, evaluate([case["template"] for case in cases]), strict=True):
        # Java fails, without a message, to iterate over a map that changed. This module's loops use a copy.
        if message == "null":
            continue
        outcome = {"template": case["template"], "velocity": text}
        if gateway != text:
            outcome["gateway"] = gateway
        outcome |= case
        outcomes.append(outcome | differing_airspeed(case["template"], outcome.get("ours", text)))
    with open(f"{HERE}/outcomes.json", "w") as file:
        json.dump(outcomes, file, indent=1, ensure_ascii=False)
        file.write("\n")
    reasons = [outcome["reasons"].split(", ") for outcome in outcomes if "reasons" in outcome]
    print(f"It differs in {len(reasons)} of {len(outcomes)} templates.")
    for name, trait in second_engine.REASONS.items():
        print(f"| {name} | {sum(name in each for each in reasons)} | {trait} |")


if __name__ == "__main__":
    main()
