"""Each red line holds, and its check notices when the guard behind it is taken out."""

import pytest

from tests.law import mutants, red_lines

LINES = {
    "RL-01": (red_lines.no_value_without_a_live_purpose, mutants.values_without_consent),
    "RL-02": (red_lines.no_result_without_a_live_consent, mutants.results_after_the_last_day),
    "RL-03": (red_lines.never_below_the_contract, mutants.tables_below_the_floor),
    "RL-04": (red_lines.no_rule_reads_what_it_must_not, mutants.rules_that_read_everything),
    "RL-05": (red_lines.no_rule_touches_a_price, mutants.tables_below_the_floor),
    "RL-06": (red_lines.withdrawal_takes_effect_at_once, mutants.withdrawal_that_only_notes),
    "RL-07": (red_lines.no_rules_without_their_assessment, mutants.activation_without_assessment),
    "RL-08": (red_lines.adults_only, mutants.consent_of_anybody),
    "RL-09": (red_lines.no_door_for_biometrics, mutants.columns_of_faces),
    "RL-10": (red_lines.nothing_goes_over_a_network, mutants.a_call_home),
    "RL-11": (red_lines.what_matters_is_on_record, mutants.acts_without_a_trace),
    "RL-12": (red_lines.missing_data_never_count_against, mutants.unknown_taken_for_a_fit),
}


@pytest.mark.parametrize("line", LINES)
def test_the_line_holds(line, office):
    LINES[line][0](office)


@pytest.mark.parametrize("line", LINES)
def test_the_check_notices_a_missing_guard(line, office, monkeypatch):
    check, mutant = LINES[line]
    mutant(monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(office)
