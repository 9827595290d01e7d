"""A signal that asks for an end waits until the block is left; a second one does not."""

import signal
import threading

import pytest

from geoconflict.parallel.signals import held_signals


def test_a_signal_takes_effect_when_the_block_is_left():
    steps = []
    with pytest.raises(KeyboardInterrupt), held_signals() as stopping:
        assert not stopping()
        signal.raise_signal(signal.SIGINT)
        assert stopping()
        steps.append("finished")
    assert steps == ["finished"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_handler_of_the_caller_gets_every_signal_as_it_comes():
    got = []
    before = signal.signal(signal.SIGTERM, lambda number, _: got.append(number))
    try:
        with held_signals() as stopping:
            signal.raise_signal(signal.SIGTERM)
            assert got == [signal.SIGTERM]
            assert stopping()
            signal.raise_signal(signal.SIGTERM)
            assert len(got) == 2
        assert len(got) == 2
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_handler_that_sets_its_own_successor_keeps_it():
    """Like one whose second signal raises and whose third is the system's."""
    before = signal.getsignal(signal.SIGTERM)
    steps = []

    def raising(number, frame):
        steps.append(number)
        if len(steps) == 2:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            raise InterruptedError

    signal.signal(signal.SIGTERM, raising)
    try:
        with pytest.raises(InterruptedError), held_signals():
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGTERM)
            steps.append("not reached")
        assert steps == [signal.SIGTERM] * 2
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_second_signal_takes_effect_at_once():
    steps = []
    with pytest.raises(KeyboardInterrupt), held_signals():
        signal.raise_signal(signal.SIGINT)
        steps.append("held")
        signal.raise_signal(signal.SIGINT)
        steps.append("not reached")
    assert steps == ["held"]


def test_what_was_ignored_stays_ignored():
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with held_signals() as stopping:
            signal.raise_signal(signal.SIGTERM)
            assert not stopping()
    finally:
        signal.signal(signal.SIGTERM, before)


def test_other_threads_hold_nothing():
    seen = []

    def work():
        with held_signals() as stopping:
            seen.append(stopping())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]
