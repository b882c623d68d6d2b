"""What is remembered of senders: shared by the workers of a machine, in memory alone, gone within a day."""

import multiprocessing
import os
import signal
import time

import pytest

from feedback.intake.counters import COUNTS, LIFE, TEXTS, Memory, memory
from feedback.intake.spam import SPAM
from feedback.intake.urgency import URGENT

fork = multiprocessing.get_context("fork")


@pytest.fixture
def mind():
    return Memory()


def run(work, *arguments):
    process = fork.Process(target=work, args=arguments)
    process.start()
    return process


def many(mind, times):
    for _ in range(times):
        mind.note("word", seconds=60)


def test_workers_count_together_and_lose_nothing(mind):
    for process in [run(many, mind, 250) for _ in range(4)]:
        process.join()
    assert mind.note("word", seconds=60)[0] == 1001


def test_workers_know_a_window_by_the_same_bytes(mind):
    window = mind.note("word", seconds=60)[1]
    pipe, far = fork.Pipe()
    run(lambda: far.send(mind.note("word", seconds=60)[1])).join()
    assert pipe.recv() == window


def hold(mind, far):
    with mind.held():
        far.send("held")
        time.sleep(30)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_worker_that_is_killed_or_stopped_with_the_lock_in_hand_locks_nobody_out(mind, how):
    near, far = fork.Pipe()
    process = run(hold, mind, far)
    near.recv()
    os.kill(process.pid, how)
    before = time.monotonic()
    assert mind.note("word", seconds=60)[0] == 1
    assert time.monotonic() - before < 1
    process.kill()
    process.join()
    assert mind.note("word", seconds=60)[0] == 2


def test_a_window_ends_and_the_next_has_other_bytes(mind):
    mind.clock = lambda: 100.0
    first = mind.note("word", seconds=60)
    mind.clock = lambda: 159.0
    assert mind.note("word", seconds=60) == (2, first[1])
    mind.clock = lambda: 161.0
    again = mind.note("word", seconds=60)
    assert again[0] == 1
    assert again[1] != first[1]


def test_to_look_counts_nothing(mind):
    assert [mind.note("word", seconds=60, add=False)[0] for _ in range(3)] == [0, 0, 0]
    mind.note("word", seconds=60)
    assert mind.note("word", seconds=60, add=False)[0] == 1


def test_within_a_day_salt_and_counts_are_gone(mind):
    mind.clock = lambda: 100.0
    mind.note("word", seconds=LIFE * 2)
    mind.alike(5, 1, seconds=LIFE * 2, distance=0)
    salt = mind.map[:32]
    assert LIFE < 24 * 60 * 60
    mind.clock = lambda: 99.0 + LIFE
    mind.forget()
    assert mind.map[:32] == salt
    mind.clock = lambda: 101.0 + LIFE
    mind.forget()
    assert mind.map[:32] != salt
    assert not any(mind.map[48:])


def test_nobody_can_be_looked_up_without_the_salt(mind):
    mind.note("limit", "203.0.113.77", seconds=60)
    assert b"203.0.113.77" not in mind.map[:]
    assert b"limit" not in mind.map[:]
    other = Memory()
    other.note("limit", "203.0.113.77", seconds=60)
    with mind.held(), other.held():
        assert mind.hashed("limit", "203.0.113.77") != other.hashed("limit", "203.0.113.77")


def test_nothing_is_written_to_its_file(mind):
    mind.note("word", seconds=60)
    mind.alike(5, 1, seconds=60, distance=0)
    assert os.fstat(mind.file.fileno()).st_size == 0
    assert os.fstat(mind.file.fileno()).st_nlink == 0


def test_a_full_table_goes_on_counting_what_is_new(mind):
    for number in range(COUNTS // 8):
        mind.note(str(number), seconds=3600)
    mind.map[48 : 48 + COUNTS * 16] = os.urandom(COUNTS * 16)
    assert [mind.note("word", seconds=60)[0] for _ in range(3)] == [1, 2, 3]


def test_the_ring_of_texts_goes_round(mind):
    for number in range(TEXTS + 10):
        mind.alike(number * 7919, number + 1, seconds=3600, distance=0)
    assert mind.alike(7919, 99_999_999, seconds=3600, distance=0) == 0
    assert mind.alike(TEXTS * 7919, 99_999_998, seconds=3600, distance=0) == 1


def test_negative_shapes_are_compared_bit_by_bit(mind):
    mind.alike(-1, 1, seconds=60, distance=0)
    assert mind.alike(-2, 2, seconds=60, distance=1) == 1
    assert mind.alike((1 << 63) - 1, 3, seconds=60, distance=1) == 1


def test_it_forgets_by_the_clock_alone_in_each_worker(mind, monkeypatch):
    monkeypatch.setattr("feedback.intake.counters.LOOK", 0.01)
    mind.clock = lambda: 1000.0
    mind.note("word", seconds=60)
    salt = mind.map[:32]
    mind.watched_by = 0  # as in a worker that never made a salt
    mind.clock = lambda: 1000.0 + LIFE
    run(lambda: (mind.watch(), time.sleep(0.5))).join()
    assert mind.map[:32] != salt


def test_each_process_that_is_forked_looks_at_the_clock(mind):
    near, far = fork.Pipe()
    run(lambda: far.send(memory.watched_by == os.getpid())).join()
    assert near.recv()


def test_the_lists_of_phrases_are_compiled_before_workers_are_forked():
    for one in (SPAM, URGENT):
        vars(one).pop("patterns", None)
    near, far = fork.Pipe()
    run(lambda: far.send(all("patterns" in vars(one) for one in (SPAM, URGENT)))).join()
    assert near.recv()
