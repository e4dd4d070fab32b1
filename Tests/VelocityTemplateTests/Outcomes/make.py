#!/usr/bin/env python3
"""Makes outcomes.json again: what Apache Velocity 1.7 makes of the templates in templates.json and of generated ones.

    apt-get install velocity default-jdk-headless
    python3 Tests/VelocityTemplateTests/Outcomes/make.py

An outcome is the text, or null for an error. `ours`, with the reason in `difference`, is where this module differs.
"""

import base64
import json
import os
import subprocess
import tempfile

from generator import Generator

HERE = os.path.dirname(os.path.abspath(__file__))
JARS = ":".join(f"/usr/share/java/{name}.jar" for name in ("velocity", "commons-collections3", "commons-lang"))
SEEDS = range(300)


def evaluate(templates):
    """The text of each template, or None, and the error's message or None."""
    lines = "".join(base64.b64encode(template.encode()).decode() + "\n" for template in templates)
    with tempfile.TemporaryDirectory() as classes:
        subprocess.run(["javac", "-cp", JARS, "-d", classes, f"{HERE}/Outcomes.java"], check=True)
        run = subprocess.run(["java", "-cp", f"{JARS}:{classes}", "Outcomes"], input=lines, stdout=subprocess.PIPE,
                             text=True, check=True)
    for line in run.stdout.splitlines():
        yield (base64.b64decode(line[2:]).decode(), None) if line[0] == "=" else (None, line[2:])


def main():
    with open(f"{HERE}/templates.json") as file:
        cases = json.load(file)
    cases += [{"template": Generator(seed).template()} for seed in SEEDS]
    outcomes = []
    for case, (text, message) in zip(cases, evaluate([case["template"] for case in cases]), strict=True):
        # Java refuses, without a message, to go on in a map that changed. Here a loop runs over what was there.
        if message == "null":
            continue
        outcomes.append({"template": case["template"], "velocity": text} | case)
    with open(f"{HERE}/outcomes.json", "w") as file:
        json.dump(outcomes, file, indent=1, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main()
