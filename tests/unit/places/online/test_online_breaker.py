import pytest

from geoconflict.places.online.breaker import FAILURES_BEFORE_REST, LONGEST_REST_SECONDS, REST_SECONDS, Breaker


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(clock)


def break_it(breaker):
    for _ in range(FAILURES_BEFORE_REST):
        assert breaker.state == "closed"
        breaker.failed("no answer in time")


def test_it_opens_after_failures_in_a_row_and_says_why(breaker):
    break_it(breaker)
    assert breaker.state == "open"
    assert "no answer in time" in breaker.refusal()
    assert "asked again in 300 seconds" in breaker.refusal()


def test_a_success_between_failures_keeps_it_closed(breaker):
    for _ in range(5):
        breaker.failed("x")
        breaker.failed("x")
        breaker.succeeded()
    assert breaker.state == "closed"
    assert breaker.refusal() is None


def test_after_the_rest_one_trial_decides(breaker, clock):
    break_it(breaker)
    clock.now += REST_SECONDS - 1
    assert breaker.state == "open"
    clock.now += 1
    assert breaker.state == "half-open"
    assert breaker.refusal() is None
    breaker.succeeded()
    assert breaker.state == "closed"
    breaker.failed("x")  # trusted again: one failure is no reason to rest
    assert breaker.state == "closed"


def test_each_trial_that_fails_doubles_the_rest_up_to_a_bound(breaker, clock):
    break_it(breaker)
    rest = REST_SECONDS
    for _ in range(6):
        clock.now += rest
        assert breaker.state == "half-open"
        breaker.failed("still down")
        rest = min(2 * rest, LONGEST_REST_SECONDS)
        clock.now += rest - 1
        assert breaker.state == "open"
        clock.now += 1
    breaker.succeeded()
    break_it(breaker)
    clock.now += REST_SECONDS
    assert breaker.state == "half-open"  # the first rest again


def test_a_rest_that_was_asked_for_holds_and_a_shorter_one_does_not_cut_it(breaker, clock):
    breaker.rest(5000, "it asked for it")
    breaker.rest(10, "a shorter one")
    clock.now += 4999
    assert "it asked for it" in breaker.refusal()
    clock.now += 1
    assert breaker.state == "half-open"
