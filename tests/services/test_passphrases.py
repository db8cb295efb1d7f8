"""Suggested passphrases are good enough for the vault, by chance, and can be remembered."""

import re

from pmdesk.services import passphrases
from pmdesk.store.vault import password


def test_a_suggestion_is_accepted_wherever_a_passphrase_is_asked_for():
    for _time in range(20):
        made = passphrases.suggested().passphrase
        assert password.problems(made, ["clerk"]) == ()
        assert len(made) >= 15


def test_it_spells_four_words_and_a_number():
    made = passphrases.suggested()

    assert re.fullmatch(r"([a-z]+ ){4}[1-9][0-9]", made.passphrase)
    assert len(made.words.split(" ")) == 5
    assert made.passphrase.split(" ")[-1] == made.words.split(" ")[-1]


def test_each_call_draws_anew_and_shows_nothing_in_a_log():
    made = [passphrases.suggested() for _time in range(10)]

    assert len({one.passphrase for one in made}) == 10
    assert made[0].passphrase not in repr(made[0])
    assert made[0].words not in repr(made[0])
