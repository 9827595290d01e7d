import ctypes
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from geoconflict.own_process import choose_kernel, give_back

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


def test_arrow_takes_its_memory_where_all_else_does():
    code = "from geoconflict.own_process import set_up; set_up(); import pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ARROW_")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.strip() == "system"


def test_a_process_that_ends_looks_through_nothing_for_garbage():
    told = (
        "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count(), len(gc.get_objects())))"  # asked last
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{told}; from geoconflict.own_process import set_up; set_up()"],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    n_frozen, n_left = map(int, done.stdout.split())
    assert n_frozen > 1_000
    assert n_left < 100


@pytest.mark.parametrize("name", ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"])
def test_what_the_user_says_of_threads_stands(name):
    threads, *_ = told(**{name: "4"})
    assert threads.pop(name) == "4"
    assert set(threads.values()) == {"1"}


AVX512 = "avx avx2 avx512f avx512cd avx512bw avx512dq avx512vl"


@pytest.mark.parametrize(
    ("vendor", "flags", "kernel"),
    [
        ("AuthenticAMD", AVX512, "SkylakeX"),
        ("AuthenticAMD", "avx avx2 avx512f", "Sandybridge"),
        ("GenuineIntel", "avx avx2", "Sandybridge"),
        ("GenuineIntel", AVX512, None),
        ("GenuineIntel", "sse2", None),
    ],
)
def test_the_kernel_is_one_that_adds_up_rows_alike(vendor, flags, kernel, tmp_path, monkeypatch):
    cpu = tmp_path / "cpuinfo"
    cpu.write_text(f"processor\t: 0\nvendor_id\t: {vendor}\nflags\t\t: fpu {flags}\n" * 2)
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    choose_kernel(cpu)
    assert os.environ.get("OPENBLAS_CORETYPE") == kernel


def test_a_kernel_that_the_user_chose_stands_and_other_systems_choose_none(tmp_path, monkeypatch):
    cpu = tmp_path / "cpuinfo"
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Nehalem")
    cpu.write_text(f"vendor_id : AuthenticAMD\nflags : {AVX512}\n")
    choose_kernel(cpu)
    assert os.environ["OPENBLAS_CORETYPE"] == "Nehalem"
    monkeypatch.delenv("OPENBLAS_CORETYPE")
    choose_kernel(tmp_path / "absent")
    assert "OPENBLAS_CORETYPE" not in os.environ


@pytest.mark.parametrize("named", ["Haswell", "HASWELL", "Zen"])
@pytest.mark.parametrize(
    ("told", "kernel"),
    [
        (f"vendor_id : AuthenticAMD\nflags : {AVX512}\n", "SkylakeX"),
        (f"vendor_id : GenuineIntel\nflags : {AVX512}\n", None),
        ("vendor_id : AuthenticAMD\nflags : avx avx2\n", "Sandybridge"),
        (None, "Sandybridge"),
    ],
)
def test_a_kernel_that_adds_up_rows_otherwise_gives_way_to_what_the_processor_has(
    told, kernel, named, tmp_path, monkeypatch
):
    cpu = tmp_path / "cpuinfo"
    if told is not None:
        cpu.write_text(told)
    monkeypatch.setenv("OPENBLAS_CORETYPE", named)
    choose_kernel(cpu)
    assert os.environ.get("OPENBLAS_CORETYPE") == kernel


def test_memory_is_given_back_where_the_c_library_can_and_nothing_happens_elsewhere(monkeypatch):
    calls = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(malloc_trim=calls.append))
    give_back()
    assert calls == [0]
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    give_back()
    monkeypatch.setattr(ctypes, "CDLL", len)  # as on Windows, which wants a name
    give_back()
