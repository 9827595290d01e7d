"""Downloads from ACLED and UCDP, against a server on the loopback that answers as theirs are published to."""

import datetime as dt
import json
import subprocess
import sys
import traceback

import pytest
from data_service_server import EMAIL, ENVIRON, PASSWORD, TOKEN, serving_data
from event_rows import acled_row, rows_of, ucdp_row

from geoconflict.data_services.acled import download_acled
from geoconflict.data_services.ucdp import download_ucdp
from geoconflict.errors import ConfigError, GeoconflictError, InputError, ServiceUnavailableError
from geoconflict.interchange.datasets.acled import read_acled
from geoconflict.interchange.datasets.ucdp import read_ucdp_ged

ACLED, UCDP = rows_of(acled_row, 25), rows_of(ucdp_row, 25)


class Clock:
    """Time that passes when somebody sleeps, or by itself with each look."""

    def __init__(self, step=0.0):
        self.now, self.step, self.slept = 0.0, step, []

    def __call__(self):
        self.now += self.step
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def get_acled(service, path, clock=None, **options):
    clock = clock or Clock()
    options = {"page_size": 10, "environ": ENVIRON, **options}
    return download_acled(
        path, base_url=service.url, connector=service.connector(), sleep=clock.sleep, clock=clock, **options
    )


def get_ucdp(service, path, clock=None, **options):
    clock = clock or Clock()
    options = {"page_size": 10, "environ": ENVIRON, "version": "26.1", **options}
    return download_ucdp(path, base_url=service.url, connector=service.connector(), sleep=clock.sleep, **options)


BOTH = pytest.mark.parametrize(("get", "rows"), [(get_acled, ACLED), (get_ucdp, UCDP)], ids=["acled", "ucdp"])


def held(path):
    return next(iter(json.loads(path.read_text()).values()))


@BOTH
def test_all_pages_arrive_in_order_and_can_be_read(tmp_path, get, rows):
    with serving_data(rows) as service:
        done = get(service, tmp_path / "x.json")
    assert done.n_rows == 25
    assert held(tmp_path / "x.json") == rows
    read = read_acled if get is get_acled else read_ucdp_ged
    assert len(read(tmp_path / "x.json")) == 25
    assert json.loads((tmp_path / "x.json-metadata.json").read_text())["dc:rights"]


@BOTH
def test_a_service_that_gives_smaller_pages_than_asked_for_loses_nothing(tmp_path, get, rows):
    with serving_data(rows) as service:
        service.cap = 4
        assert get(service, tmp_path / "x.json").n_rows == 25
    assert held(tmp_path / "x.json") == rows


@BOTH
def test_no_rows_are_an_empty_file_not_an_error(tmp_path, get, rows):
    with serving_data([]) as service:
        assert get(service, tmp_path / "x.json").n_rows == 0
    assert held(tmp_path / "x.json") == []


@BOTH
def test_what_is_asked_for_is_what_was_meant(tmp_path, get, rows):
    days = {"since": dt.date(2020, 9, 1), "until": dt.date(2020, 12, 31)}
    countries = ("Azerbaijan", "Armenia") if get is get_acled else ("AZE", "ARM")
    with serving_data(rows) as service:
        get(service, tmp_path / "x.json", countries=countries, **days)
    asked = service.asked[0]
    if get is get_acled:
        assert asked["event_date"] == "2020-09-01|2020-12-31"
        assert asked["event_date_where"] == "BETWEEN"
        assert asked["country"] == "Azerbaijan|Armenia"
    else:
        assert asked["path"] == "/api/gedevents/26.1"
        assert (asked["StartDate"], asked["EndDate"], asked["Country"]) == ("2020-09-01", "2020-12-31", "373,371")


@BOTH
def test_one_country_may_be_given_as_it_stands(tmp_path, get, rows):
    with serving_data(rows) as service:
        get(service, tmp_path / "x.json", countries="Azerbaijan" if get is get_acled else "AZE")
    asked = service.asked[0]
    assert asked["country" if get is get_acled else "Country"] == ("Azerbaijan" if get is get_acled else "373")


@BOTH
def test_countries_that_are_no_texts_are_refused_before_anything_is_asked(tmp_path, get, rows):
    with serving_data(rows) as service, pytest.raises(InputError, match="countries: 373 is no text"):
        get(service, tmp_path / "x.json", countries=373)
    assert service.asked == []


@BOTH
def test_a_busy_service_is_left_alone_for_as_long_as_it_asks(tmp_path, get, rows):
    clock = Clock()
    with serving_data(rows) as service:
        service.faults = [(429, b"{}", {"Retry-After": "37"}), (503, b"<html>", {}), (500, b"oops", {})]
        assert get(service, tmp_path / "x.json", clock).n_rows == 25
    assert clock.slept == [37.0, 2.0, 4.0]


@BOTH
def test_a_service_that_asks_for_too_long_a_pause_is_not_waited_for(tmp_path, get, rows):
    clock = Clock()
    with serving_data(rows) as service:
        service.faults = [(429, b"{}", {"Retry-After": "3600"})]
        with pytest.raises(ServiceUnavailableError, match="wait 3,600 seconds"):
            get(service, tmp_path / "x.json", clock)
    assert clock.slept == []
    assert list(tmp_path.iterdir()) == []


@BOTH
def test_an_answer_that_is_cut_short_is_asked_for_again_and_never_kept(tmp_path, get, rows):
    with serving_data(rows) as service:
        service.faults = [40, 41, 42]
        assert get(service, tmp_path / "x.json").n_rows == 25
    with serving_data(rows) as service:
        service.faults = [40] * 5
        with pytest.raises(ServiceUnavailableError, match="no JSON, or cut short .*5 tries"):
            get(service, tmp_path / "y.json")
    assert not (tmp_path / "y.json").exists()


@BOTH
def test_a_connection_that_breaks_within_a_body_is_tried_again(tmp_path, get, rows):
    with serving_data(rows) as service:
        service.faults = [(200, b'{"data": [', {"Content-Length": "4000"})]
        assert get(service, tmp_path / "x.json").n_rows == 25


@BOTH
def test_no_access_says_what_to_do(tmp_path, get, rows):
    with serving_data(rows) as service:
        service.faults = [(403, json.dumps({"message": "Access denied"}).encode(), {})]
        with pytest.raises(InputError, match=r"403: Access denied; (the account may not read|the token of UCDP_)"):
            get(service, tmp_path / "x.json")


@BOTH
def test_a_missing_variable_is_named_before_anything_is_asked(tmp_path, get, rows):
    with serving_data(rows) as service:
        with pytest.raises(ConfigError, match="ACLED_EMAIL|UCDP_ACCESS_TOKEN"):
            get(service, tmp_path / "x.json", environ={})
        assert service.asked == []


@BOTH
def test_wrong_names_of_files_are_refused_before_anything_is_asked(tmp_path, get, rows):
    with serving_data(rows) as service:
        with pytest.raises(InputError, match=r"\.json"):
            get(service, tmp_path / "x.csv")
        with pytest.raises(InputError, match="no such folder"):
            get(service, tmp_path / "nowhere" / "x.json")
        assert service.asked == []


@BOTH
def test_no_secret_is_in_any_message(tmp_path, get, rows, capfd):
    mine = (EMAIL, PASSWORD) if get is get_acled else (TOKEN,)
    echo = " ".join(mine).encode()
    told = []
    with serving_data(rows) as service:
        for fault in ((500, echo, {}), (403, echo, {}), (404, echo, {}), (401, echo, {})):
            service.faults = [fault] * 5
            with pytest.raises(GeoconflictError) as caught:
                get(service, tmp_path / "x.json")
            told.append(caught.value)
        service.faults = []
        environ = {**ENVIRON, "ACLED_PASSWORD": "not the token", "UCDP_ACCESS_TOKEN": "not the token"}
        with pytest.raises(InputError, match="check ACLED_EMAIL|check UCDP_ACCESS_TOKEN") as caught:
            get(service, tmp_path / "x.json", environ=environ)
        told.append(caught.value)
    assert all("(hidden)" in str(error) for error in told)
    shown = "".join("".join(traceback.format_exception(error)) for error in told) + "".join(capfd.readouterr())
    assert not [one for one in (*mine, "not the token") if one in shown]


def test_no_token_that_acled_gave_out_is_in_any_message(tmp_path):
    with serving_data(ACLED) as service:
        service.faults = [(500, b"what is access-1, and refresh-1?", {})] * 5
        with pytest.raises(ServiceUnavailableError, match=r"what is \(hidden\), and \(hidden\)\?"):
            get_acled(service, tmp_path / "x.json")


def test_secrets_do_not_travel_unencrypted(tmp_path):
    with pytest.raises(ConfigError, match="https alone"):
        download_ucdp(tmp_path / "x.json", version="26.1", base_url="http://ucdp.example", environ=ENVIRON)


def test_a_token_that_runs_out_is_renewed_with_the_refresh_token(tmp_path):
    with serving_data(ACLED) as service:
        service.lasts = 100
        get_acled(service, tmp_path / "x.json", Clock(step=60))
        assert service.grants[0] == "password"
        assert set(service.grants[1:]) == {"refresh_token"}
        service.takes_refresh, service.grants = False, []
        get_acled(service, tmp_path / "x.json", Clock(step=60))
        assert service.grants[:3] == ["password", "refresh_token", "password"]


def test_a_token_that_the_service_forgets_is_renewed_once(tmp_path):
    with serving_data(ACLED) as service:
        service.faults = [(401, b"{}", {})]
        assert get_acled(service, tmp_path / "x.json").n_rows == 25
        assert service.grants == ["password", "refresh_token"]
        service.faults = [(401, b"{}", {})] * 2
        with pytest.raises(InputError, match="gave out a token and does not take it"):
            get_acled(service, tmp_path / "y.json")


def test_a_log_in_that_answers_nonsense_is_told(tmp_path):
    with serving_data(ACLED) as service:
        service.login_faults = [(200, b"{}", {})]
        with pytest.raises(ServiceUnavailableError, match="holds no token"):
            get_acled(service, tmp_path / "x.json")


def test_a_service_that_repeats_a_full_page_is_not_taken_for_the_end(tmp_path):
    with serving_data(ACLED) as service:
        service.repeats = True
        with pytest.raises(ServiceUnavailableError, match="page 2 repeats"):
            get_acled(service, tmp_path / "x.json")
    assert list(tmp_path.iterdir()) == []


def test_pages_that_do_not_add_up_are_told(tmp_path):
    with serving_data(UCDP) as service:
        service.loses = 1
        with pytest.raises(ServiceUnavailableError, match="22 of 25 events arrived"):
            get_ucdp(service, tmp_path / "x.json")
    assert list(tmp_path.iterdir()) == []


def test_a_page_elsewhere_is_never_asked(tmp_path):
    """The address of the next page may lead anywhere; the token goes to the service that was named."""
    with serving_data(UCDP) as service:
        get_ucdp(service, tmp_path / "x.json")
        assert [one.get("page") for one in service.asked] == [None, "1", "2"]


@pytest.mark.parametrize("version", ["", "latest", "26", "../26.1", "26.1?x=1"])
def test_a_release_that_is_none_is_refused(tmp_path, version):
    with pytest.raises(InputError, match="version"):
        download_ucdp(tmp_path / "x.json", version=version, environ=ENVIRON)


def test_a_country_without_a_number_is_refused(tmp_path):
    with serving_data(UCDP) as service, pytest.raises(InputError, match="'XX'.*alpha-3"):
        get_ucdp(service, tmp_path / "x.json", countries=("XX",))


@BOTH
def test_a_redirect_is_not_followed_so_that_no_secret_reaches_another_server(tmp_path, get, rows):
    with serving_data(rows) as service, serving_data(rows) as other:
        service.faults = [(302, b"", {"Location": f"{other.url}/api/elsewhere"})]
        with pytest.raises(InputError, match="answered 302"):
            get(service, tmp_path / "x.json")
        assert other.asked == []


def test_what_is_not_asked_for_asks_the_network_for_nothing():
    """The modules are loaded by the commands alone: reading and writing data sets needs no connection."""
    program = (
        "import sys, geoconflict as gc; gc.read_acled, gc.to_acled, gc.read_events;"
        "print(sorted(one for one in sys.modules if one.startswith(('geoconflict.fetching', 'geoconflict.data_services'))))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_token_is_renewed_before_it_runs_out(tmp_path):
    """A token of 100 seconds is not used in its last 50: a page takes time, too."""
    with serving_data(ACLED) as service:
        service.lasts = 100
        get_acled(service, tmp_path / "x.json", Clock(step=30))
        assert service.grants == ["password", "refresh_token"]


@pytest.mark.parametrize("missing", [None, "", " "])
def test_rows_of_acled_without_an_id_are_refused_not_taken_for_one(tmp_path, missing):
    rows = [*ACLED[:3], {**ACLED[3], "event_id_cnty": missing}, {**ACLED[4], "event_id_cnty": missing}]
    with (
        serving_data(rows) as service,
        pytest.raises(ServiceUnavailableError, match="2 rows of page 1 have no event_id_cnty"),
    ):
        get_acled(service, tmp_path / "x.json")
    assert not (tmp_path / "x.json").exists()


def test_more_pages_of_acled_than_are_asked_for_are_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr("geoconflict.data_services.acled._MAX_PAGES", 2)
    with serving_data(ACLED) as service, pytest.raises(ServiceUnavailableError, match="2 pages did not bring the end"):
        get_acled(service, tmp_path / "x.json")
    assert not (tmp_path / "x.json").exists()
