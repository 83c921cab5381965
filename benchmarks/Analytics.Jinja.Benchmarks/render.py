#!/usr/bin/env python3
"""Renders templates with Python's Jinja2 and prints the CPU seconds of rendering alone.

Reads a JSON list of templates from the file named by the first argument, writes the outputs to the second, prints seconds.
Parsing is not counted on either side. Debian: apt-get install python3-jinja2.
"""

import json
import sys
import time

from jinja2.sandbox import SandboxedEnvironment

VARIABLES = {
    "schema": "analytics",
    "table": "orders",
    "filters": {"status": "open", "city": "Berlin", "zip": "10115"},
}

environment = SandboxedEnvironment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
with open(sys.argv[1], encoding="utf-8") as file:
    templates = [environment.from_string(text) for text in json.load(file)]
outputs = [template.render(VARIABLES) for template in templates]
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump(outputs, file)
best = None
for _ in range(5):
    start = time.process_time()
    for _ in range(10):
        for template in templates:
            template.render(VARIABLES)
    seconds = (time.process_time() - start) / 10
    best = seconds if best is None else min(best, seconds)
print(best)
