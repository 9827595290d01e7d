import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner
from loopback import serving

from geoconflict.cli import main

HTML = "<html><p>Shelling near Goraya.</p></html>"


@pytest.fixture
def site():
    with serving() as running:
        yield running


@pytest.fixture
def config(tmp_path, site):
    file = tmp_path / "geoconflict.toml"
    file.write_text(
        f"""
[fetching]
user_agent = "border-watch-tests/1.0 (desk@border-watch.org)"
min_delay_seconds = 0
allow_private = ["{site.url.removeprefix("http://")}"]
[[feeds]]
url = "{site.url}/a.html"
kind = "page"
""",
        encoding="utf-8",
    )
    return file


def run(*args):
    return CliRunner().invoke(main, ["fetch", *map(str, args)], catch_exceptions=False)


def test_the_feeds_of_the_settings_are_fetched_and_told(site, config, tmp_path):
    site.put("/a.html", HTML)
    first = run("--config", config)
    assert first.exit_code == 0
    assert f"new: {site.url}/a.html -> " in first.stdout
    assert f"{tmp_path / 'fetched'}: 1 new" in first.stdout
    assert "1 unchanged" in run("--config", config).stdout


def test_addresses_and_lists_go_into_the_folder_that_is_named(site, config, tmp_path):
    site.put("/b.html", HTML)
    site.put("/c.html", HTML + "c")
    file = tmp_path / "list.txt"
    file.write_text(f"{site.url}/c.html\n", encoding="utf-8")
    done = run(f"{site.url}/b.html", "--list", file, "--into", tmp_path / "other", "--config", config, "--json")
    record = json.loads(done.stdout)
    assert record["counts"]["new"] == 2
    assert record["folder"] == str(tmp_path / "other")
    assert record["stopped"] is False
    assert len(list((tmp_path / "other").rglob("*.html"))) == 2


def test_what_fails_is_named_and_the_exit_code_is_3(site, config):
    done = run(f"{site.url}/none.html", "file:///etc/passwd", "--config", config)
    assert done.exit_code == 3
    assert "/none.html: the server answered 404" in done.stderr
    assert "file:///etc/passwd: no http or https address" in done.stderr


def test_without_settings_it_says_what_is_needed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run()
    assert done.exit_code == 1
    assert "fetching.user_agent" in done.stderr


def test_what_is_fetched_is_read_by_ingest_and_its_side_cars_are_not(site, config, tmp_path):
    site.next_answers["/b.txt"] = [
        lambda request: request.send(
            200, b"Published 2020-10-04. Shelling near Goraya.", **{"Content-Type": "text/plain"}
        )
    ]
    run(f"{site.url}/b.txt", "--config", config)
    from geoconflict.reports import read_documents

    found = list(read_documents(tmp_path / "fetched"))
    assert [one.origin.startswith("127.0.0.1/b-") for one in found] == [True]


def test_a_signal_ends_a_run_after_the_page_under_way(site, config, tmp_path):
    config.write_text(
        config.read_text("utf-8").replace("min_delay_seconds = 0", "min_delay_seconds = 60"), encoding="utf-8"
    )
    site.put("/a.html", HTML)
    process = subprocess.Popen(
        [sys.executable, "-m", "geoconflict", "fetch", "--config", str(config)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "no_proxy": "127.0.0.1"},
    )
    for _ in range(300):
        if site.requests:
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)  # it waits for its turn to ask for the page, after robots.txt
    out, err = process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM, err
    assert "stopped before the end" in out
    assert "1 left for the next run, for this one was stopped" in out
    assert "as the site asks" not in out
    assert [path for path, _ in site.requests] == ["/robots.txt"]
