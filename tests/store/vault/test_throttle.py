"""Wrong passwords cost a growing wait that a restart does not shorten."""

import pytest

from pmdesk.store.vault import throttle
from pmdesk.store.vault.throttle import TooSoonError


def test_the_wait_grows_to_a_quarter_of_an_hour():
    delays = [throttle.delay(count) for count in range(12)]
    assert delays == [0, 1, 2, 4, 8, 30, 60, 120, 240, 480, 900, 900]
    assert throttle.delay(10**9) == 900


def test_a_failure_is_on_record_before_the_password_is_tried(tmp_path, clock):
    assert throttle.begin(tmp_path, clock) == 0
    assert throttle.wait(tmp_path, clock) == 1
    with pytest.raises(TooSoonError) as caught:
        throttle.begin(tmp_path, clock)
    assert caught.value.seconds == 1


def test_after_the_wait_one_attempt_is_free_and_counted(tmp_path, clock):
    for before in range(6):
        assert throttle.begin(tmp_path, clock) == before
        clock.pass_by(throttle.delay(before + 1))
    assert throttle.failures(tmp_path).count == 6


def test_success_ends_the_wait(tmp_path, clock):
    throttle.begin(tmp_path, clock)
    throttle.succeed(tmp_path)
    assert throttle.begin(tmp_path, clock) == 0


def test_a_clock_set_back_does_not_lengthen_the_wait(tmp_path, clock):
    throttle.begin(tmp_path, clock)
    clock.pass_by(-86400)
    assert throttle.wait(tmp_path, clock) == 1


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"null", b'{"failures":"x","last":0}', b'{"failures":NaN,"last":1}',
     b'{"failures":1e999,"last":1}', b"\xff", b"[" * 4000, b'{"failures":-5,"last":NaN}'],
)  # fmt: skip
def test_a_damaged_record_counts_as_none(tmp_path, clock, raw):
    (tmp_path / "throttle.json").write_bytes(raw)
    assert throttle.wait(tmp_path, clock) == 0


def test_a_full_disk_keeps_nobody_out(tmp_path, clock, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert throttle.begin(tmp_path, clock) == 0
    throttle.succeed(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_clock_set_back_does_not_lock_out_for_ever(tmp_path, clock):
    throttle.begin(tmp_path, clock)
    clock.pass_by(-86400 * 365)
    assert throttle.wait(tmp_path, clock) == 1
    clock.pass_by(1)
    assert throttle.wait(tmp_path, clock) == 0
    assert throttle.begin(tmp_path, clock) == 1


def test_a_clock_set_forward_ends_one_wait_and_forgets_no_failure(tmp_path, clock):
    for _time in range(8):
        clock.pass_by(900)
        throttle.begin(tmp_path, clock)
    clock.pass_by(86400)
    assert throttle.wait(tmp_path, clock) == 0
    assert throttle.begin(tmp_path, clock) == 8
    clock.pass_by(-86400)
    assert throttle.wait(tmp_path, clock) == throttle.delay(9)
