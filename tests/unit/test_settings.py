import pytest

from geoconflict.errors import ConfigError
from geoconflict.settings import PhaseSettings, Settings, load_settings, settings_table


def write(folder, text):
    file = folder / "geoconflict.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings(root=tmp_path)


def test_paths_count_from_the_file(tmp_path):
    settings = load_settings(write(tmp_path, '[reports]\npaths = ["news"]\n'))
    assert settings.resolve(settings.reports.paths[0]) == tmp_path / "news"


def test_a_folder_stands_for_its_file(tmp_path):
    write(tmp_path, 'maps_dir = "out"\n')
    assert load_settings(tmp_path).maps_dir == "out"


def test_a_whole_number_may_stand_for_a_number(tmp_path):
    assert load_settings(write(tmp_path, "[places]\nmin_score = 1\n")).places.min_score == 1.0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[reprots]\n", "unknown key 'reprots'; there are .*reports"),
        ('[reports]\npath = "x"\n', "unknown key 'reports.path'; there are .*paths"),
        ('[reports]\npaths = "x"\n', "'reports.paths' must be a list of strings, not 'x'"),
        ("[places]\nmin_score = true\n", "'places.min_score' must be a number, not True"),
        ("[reports]\ncolumns = 3\n", "must be a table of strings"),
        ("maps = 1\n", r"written as \[\[maps\]\]"),
        ('maps_dir = "a"\n[[maps]]\ntitel = "x"\n', "line 3: unknown key 'maps.titel'; .*did you mean 'title'"),
        ('[[maps]]\nname = "a"\n[[maps]]\nname = "b"\nthme = "dark"\n', "line 5: unknown key 'maps.thme'"),
        (
            '[[maps]]\ntypes = ["Battle"]\n',
            "line 2: 'maps.types' must be one of .*, not 'Battle'; did you mean 'Battles'",
        ),
        ('[[maps]]\ntheme = "drak"\n', "'maps.theme' must be one of auto, light, dark.*did you mean 'dark'"),
        ('[[maps]]\nperiods = "decade"\n', "'maps.periods' must be one of"),
        ('[[maps]]\nlanguage = "English"\n', "'maps.language' must be a code"),
        ('[[maps]]\n[maps.colours]\nBattles = "red"\n', "line 3: 'maps.colours.Battles' must be a colour"),
        ('[[maps]]\n[maps.colours]\nWar = "#ff0000"\n', "'maps.colours' must be one of Battles"),
        ("[[maps]]\nbbox = [50.0, 38, 44, 42]\n", "'maps.bbox' must be west, south, east, north"),
        ("[[maps]]\nbbox = [1, 2, 3]\n", "'maps.bbox' must be west"),
        ('[[maps]]\nbbox = ["a"]\n', "'maps.bbox' must be a list of numbers"),
        ('[[maps]]\nphases = "x"\n', r"written as \[\[maps.phases\]\]"),
        ('[[maps]]\n[[maps.phases]]\nfrom = "2020-10-10"\n', r"a \[\[maps.phases\]\] needs 'label'"),
        (
            (
                '[[maps]]\n[[maps.phases]]\nfrom = "2020-10-10"\nlabel = "x"\n[[maps.phases]]\nfrom = "2020-10-11"\n'
                'label = "y"\nlable = "z"\n'
            ),
            "line 8: unknown key 'maps.phases.lable'; .*did you mean 'label'",
        ),
        (
            '[[maps]]\n[[maps.phases]]\nfrom = "2020-10-10"\nlabel = "x"\nkind = "truce"\n',
            "'maps.phases.kind' must be one of",
        ),
        (
            '[[maps]]\n[[maps.phases]]\nlabel = "x"\nfrom = "2020-10-10"\nto = "2020-10-01"\n',
            "line 5: 'maps.phases.to' must be 2020-10-10 .* or later",
        ),
        ('[[maps]]\nname = "a"\n[[maps]]\nname = "a"\n', "two maps share a name"),
        ("store = 1\n", "'store' must be a table"),
        ("a = = b\n", "not TOML"),
        (f"a = {'9' * 5000}\n", "not TOML: a number is too long, or brackets too deep"),
        (f"a = {'[' * 5000}\n", "not TOML: a number is too long, or brackets too deep"),
        ('maps_dir = "a\\u0000b"\n', "line 1: 'maps_dir' must be a string without NUL"),
        ('[reports]\npaths = ["a\\u0000b"]\n', "line 2: 'reports.paths' must be a list of strings without NUL"),
        (f"[places]\nmin_score = {'9' * 400}\n", "line 2: 'places.min_score' must be a number"),
        ("[places]\nmin_score = 7.5\n", "'places.min_score' must be between 0 and 1, not 7.5"),
        ("[places]\nfound_days = -1\n", "'places.found_days' must be 0 or more"),
        ('[places]\ncountries = ["Azerbaijan"]\n', "line 2: 'places.countries' must be codes of three capital letters"),
        (
            '[reports]\nearliest = "2021-01-02"\nlatest = "2021-01-01"\n',
            "line 3: 'reports.latest' must be 2021-01-02",
        ),
        ('[reports]\nearliest = "soon"\n', "'reports.earliest' must be a day"),
        (f"[reports]\nmax_chars = {10**30}\n", "line 2: 'reports.max_chars' must be 1,000,000,000,000,000 or less"),
        (f"[run]\nreport_megabytes = {10**20}\n", "line 2: 'run.report_megabytes' must be 1,000,000,000 or less"),
        ("[run]\nreport_seconds = 1e300\n", "line 2: 'run.report_seconds' must be 1,000,000,000 or less"),
        (
            '[extract]\nmodel = "./models/own"\n',
            "line 2: 'extract.model' must be the name of an installed spaCy package",
        ),
        ('[extract]\nmodel = ""\n', "line 2: 'extract.model' must be the name of an installed spaCy package"),
        ("[reports]\nmax_bytes = 0\n", "'reports.max_bytes' must be 1 or more"),
        ("[reports]\nmax_expansion = 0\n", "line 2: 'reports.max_expansion' must be 1 or more"),
        ('[reports]\npdf_date = "made"\n', "'reports.pdf_date' must be one of text, created"),
        ('[[maps]]\nname = "../out"\n', "'maps.name' must be a file name"),
        ('[[maps]]\nname = "index"\n', "other than 'index'"),
        ('[[maps]]\nname = "War"\n[[maps]]\nname = "war"\n', "two maps share a name"),
        ('[[maps]]\nname = "NUL.old"\n', "names of devices like 'con'"),
        (f'[[maps]]\nname = "{"a" * 201}"\n', "line 2: 'maps.name' has 201 bytes; the name of a file can have 200"),
        (f'[[maps]]\nname = "{"ж" * 101}"\n', "line 2: 'maps.name' has 202 bytes"),
        ('maps_dir = "reports"\n', "line 1: 'maps_dir' 'reports' lies in a folder of reports .reports.paths"),
        ('maps_dir = "in/maps"\n[reports]\npaths = ["in"]\n', "line 1: 'maps_dir' 'in/maps' lies in a folder"),
        ('[reports]\npaths = ["."]\n', "'maps_dir' 'maps' lies in a folder of reports"),
        ('maps_dir = "fetched"\n', "lies in a folder of reports .fetching.folder"),
        ('[store]\npath = "reports/war.txt"\n', "line 2: 'store.path' 'reports/war.txt' lies in a folder of reports"),
        ('[places]\ncache = "reports/c.sqlite"\n', "line 2: 'places.cache' .* lies in a folder of reports"),
        ('[review]\ncorrections = "reports/c.jsonl"\n', "line 2: 'review.corrections' .* lies in a folder of reports"),
        ("[fetching]\nmax_tries = 0\n", "'fetching.max_tries' must be 1 or more"),
        ("[fetching]\nmax_tries = 99\n", "'fetching.max_tries' must be 10 or less"),
        ("[fetching]\nmax_bytes = 900000000\n", "'fetching.max_bytes' must be 500,000,000 or less"),
        ("[fetching]\nread_seconds = 0\n", "'fetching.read_seconds' must be 0.1 or more"),
        ("[fetching]\nports = [0]\n", "'fetching.ports' must be between 1 and 65535, not 0"),
        ("[fetching]\nports = [8.5]\n", "'fetching.ports' must be a list of whole numbers"),
        ("[fetching]\nports = [true]\n", "'fetching.ports' must be a list of whole numbers"),
        (
            '[fetching]\nallow_private = ["localhost"]\n',
            "'fetching.allow_private' must be an address or network with a port",
        ),
        ('[fetching]\napi_key = "x"\n', "unknown key 'fetching.api_key'"),
        ("[[feeds]]\nmax_links = 3\n", "line 1: a .*feeds.* needs 'url'"),
        ("feeds = 1\n", r"written as \[\[feeds\]\]"),
        ('[[feeds]]\nurl = "https://a.org"\nkind = "rss"\n', "line 3: 'feeds.kind' must be one of feed, list, page"),
        ('[[feeds]]\nurl = "https://a.org"\nmax_links = -1\n', "'feeds.max_links' must be 0 or more"),
        ('[[feeds]]\nurl = "https://a.org/?api_key=x"\n', "line 2: 'feeds.url' holds what looks like a secret"),
        ('[[feeds]]\nurl = "https://a.org/?x=1&token=x"\n', "'feeds.url' holds what looks like a secret"),
        ('[[feeds]]\nurl = "https://me:x@a.org/"\n', "'feeds.url' holds what looks like a secret"),
        ('[[feeds]]\nurl = "https://a.org/?token={secret}"\n', "'feeds.url' has a {secret}"),
        ('[[feeds]]\nurl = "https://a.org/"\nsecret_env = "my key"\n', "must be the name of an environment variable"),
        ('[[maps]]\nstarts_on = "2020-13-01"\n', "'maps.starts_on' must be a day"),
        ('[[maps]]\nstarts_on = "2020-02-01"\nends_on = "2020-01-01"\n', "'maps.ends_on' must be 2020-02-01"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_key(tmp_path, text, message):
    file = write(tmp_path, text)
    with pytest.raises(ConfigError, match=message) as caught:
        load_settings(file)
    assert str(file) in str(caught.value)


def test_a_file_that_is_not_there_names_the_command_that_makes_it(tmp_path):
    with pytest.raises(ConfigError, match="geoconflict init"):
        load_settings(tmp_path / "none.toml")


def test_a_file_that_is_not_utf8_says_where(tmp_path):
    file = tmp_path / "geoconflict.toml"
    file.write_bytes(b"maps_dir = '\xff'\n")
    with pytest.raises(ConfigError, match="line 1: not UTF-8 at byte 12"):
        load_settings(file)


def test_every_setting_has_a_help():
    rows = settings_table()
    assert len(rows) == len({row["name"] for row in rows})
    assert all(row["help"].endswith(".") for row in rows)


def test_a_floor_of_events_lies_between_0_and_1(tmp_path):
    file = tmp_path / "geoconflict.toml"
    file.write_text("[[maps]]\nmin_score = 1.5\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="maps.min_score"):
        load_settings(file)


def test_phases_theme_and_box_of_a_map_are_read(tmp_path):
    text = """
[[maps]]
description = '''
theme = "not a key"
'''
theme = "dark"
bbox = [44, 38.5, 48, 42]
colours = { Battles = "#aa0000" }
[[maps.phases]]
from = "2020-10-10"
label = "Truce"
kind = "ceasefire"
"""
    (one,) = load_settings(write(tmp_path, text)).maps
    assert (one.theme, one.bbox, one.colours) == ("dark", (44.0, 38.5, 48.0, 42.0), {"Battles": "#aa0000"})
    assert one.phases == (PhaseSettings(from_="2020-10-10", label="Truce", kind="ceasefire"),)


def test_feeds_are_read(tmp_path):
    text = """
[fetching]
ports = [80, 443, 8080]
allow_private = ["127.0.0.1:8000", "[fd00::/8]:443"]
[[feeds]]
url = "https://news.example/feed?token={secret}"
secret_env = "NEWS_TOKEN"
[[feeds]]
url = "https://news.example/list?keyword=shelling"
kind = "list"
"""
    settings = load_settings(write(tmp_path, text))
    assert settings.fetching.ports == (80, 443, 8080)
    assert [one.kind for one in settings.feeds] == ["feed", "list"]
    assert settings.feeds[0].secret_env == "NEWS_TOKEN"


def test_a_secret_in_a_settings_file_is_refused_without_showing_it(tmp_path):
    file = write(tmp_path, '[[feeds]]\nurl = "https://a.org/?api_key=sesame"\n')
    with pytest.raises(ConfigError) as caught:
        load_settings(file)
    assert "sesame" not in str(caught.value)


def test_all_faults_are_told_at_once_by_line(tmp_path):
    file = write(
        tmp_path,
        '[places]\nmin_score = 7\n[reports]\npath = "x"\nearliest = "soon"\n[[maps]]\ntheme = "drak"\nname = 7\n'
        '[[maps.phases]]\nfrom = "x"\n',
    )
    with pytest.raises(ConfigError) as caught:
        load_settings(file)
    head, *faults = str(caught.value).split("\n  ")
    assert head == f"{file}: 7 faults:"
    assert [fault.split(":")[0] for fault in faults] == [f"line {n}" for n in (2, 4, 5, 7, 8, 9, 10)]
