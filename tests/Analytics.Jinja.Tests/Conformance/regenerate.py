#!/usr/bin/env python3
"""Fills in what Python's Jinja2 answers to the cases of this folder.

    python3 regenerate.py           writes the answers into the *.json files
    python3 regenerate.py --check   fails when an answer in the files is not Jinja2's

Needs Jinja2 3.1 (Debian: apt-get install python3-jinja2). A case is one JSON object on a line of its own:

    name      unique in its file
    template  the template; parsed with the extensions 'do' and 'loopcontrols' in the sandbox, as dbt does
    context   the variables, if any
    expected  the output, or
    error     the family of the error: syntax, filter, test, undefined, type, value, security, limit
    hand      true when Jinja2 cannot answer (dbt's own rules, or a deliberate difference): written by hand, not checked
    why       the reason, when hand is true
    mode      'native' or 'capture' for dbt's other environments; always by hand
    macros    a file of macros that the template may call as dbt's macros; always by hand
"""

import datetime
import itertools
import json
import pathlib
import re
import sys

from jinja2 import exceptions
from jinja2.sandbox import SandboxedEnvironment

# dbt gives templates the modules as dicts of their public names.
MODULES = {
    module.__name__: {name: getattr(module, name) for name in dir(module) if not name.startswith("_")}
    for module in (datetime, itertools, re)
}
FOLDER = pathlib.Path(__file__).parent


def family(error):
    if isinstance(error, exceptions.TemplateSyntaxError):
        if "No filter named" in str(error):
            return "filter"
        return "test" if "No test named" in str(error) else "syntax"
    if isinstance(error, exceptions.TemplateRuntimeError) and "No filter named" in str(error):
        return "filter"
    if isinstance(error, exceptions.TemplateRuntimeError) and "No test named" in str(error):
        return "test"
    if isinstance(error, SyntaxError):  # Python's own, for the code that Jinja2 makes of the template
        return "syntax"
    if isinstance(error, exceptions.SecurityError):
        return "security"
    if isinstance(error, exceptions.UndefinedError):
        return "undefined"
    if isinstance(error, OverflowError) and "Range too big" in str(error):
        return "limit"
    if isinstance(error, (TypeError, AttributeError, exceptions.FilterArgumentError, exceptions.TemplateRuntimeError)):
        return "type"
    if isinstance(error, (ValueError, ArithmeticError, LookupError, RuntimeError, AssertionError, re.error)):
        return "value"
    raise error


def answer(case):
    environment = SandboxedEnvironment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    environment.globals["modules"] = MODULES
    try:
        return {"expected": environment.from_string(case["template"]).render(case.get("context", {}))}
    except Exception as error:  # every exception is an answer
        return {"error": family(error)}


def main():
    check = "--check" in sys.argv[1:]
    wrong = 0
    for path in sorted(FOLDER.glob("*.json")):
        cases = json.loads(path.read_text(encoding="utf-8"))
        for case in cases:
            if case.get("hand"):
                continue
            found = answer(case)
            stored = {key: case[key] for key in ("expected", "error") if key in case}
            if stored != found:
                if check:
                    print(f"{path.name}: {case['name']}: stored {stored}, Jinja2 says {found}")
                wrong += 1
                case.pop("expected", None)
                case.pop("error", None)
                case.update(found)
        if not check:
            lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
            path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{wrong} answers {'differ' if check else 'written'}")
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
