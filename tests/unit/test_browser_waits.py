"""What browser tests wait for is a function: an expression is evaluated anew as text, which the pages' policy forbids.

It passes where it holds at once, and so now and then only.
"""

import re

WAIT = re.compile(r"wait_for_function\(\s*f?[\"']{1,3}(?P<text>[^\n]*)")
FUNCTION = re.compile(r"\s*(?:async\s*)?(?:\([^()]*\)|\w+)\s*=>")


def test_browser_tests_wait_for_functions_and_no_expressions(project_root):
    waits = [
        (path.name, found["text"])
        for path in (project_root / "tests").rglob("*.py")
        for found in WAIT.finditer(path.read_text(encoding="utf-8"))
        if path.name != "test_browser_waits.py"
    ]
    assert len(waits) > 20
    assert [one for one in waits if not FUNCTION.match(one[1])] == []
