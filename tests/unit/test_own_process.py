import json
import os
import subprocess
import sys

import pytest

TOLD = """
import gc, json, os, sys
from geoconflict.own_process import ONE_THREAD, set_up
set_up()
print(json.dumps([{name: os.environ.get(name) for name in ONE_THREAD}, gc.get_threshold()[0], "numpy" in sys.modules]))
"""


def told(**environment):
    left = {name: value for name, value in os.environ.items() if not name.endswith("_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", TOLD],
        env={**left, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return json.loads(done.stdout)


def test_a_process_of_its_own_uses_one_thread_and_looks_seldom_for_garbage():
    threads, threshold, has_numpy = told()
    assert set(threads.values()) == {"1"}
    assert threshold > 700
    assert not has_numpy


@pytest.mark.parametrize("name", ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"])
def test_what_the_user_says_of_threads_stands(name):
    threads, *_ = told(**{name: "4"})
    assert threads.pop(name) == "4"
    assert set(threads.values()) == {"1"}
