"""Dated parameters and code lists: what their files may not say, and when a council's own take the library's place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.definitions.registry import LIBRARY, load_registry
from scorecard.definitions.rules import overridden, read_rules
from scorecard.errors import DefinitionError, ScorecardError

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.sql.rules import DatedRules

VALUES = 'values = [{ from = 2019-04-01, value = 3, source = "one" }, { from = 2021-10-01, value = 5, source = "two" }]'
RULES = f"""\
[parameters.limit]
title = "Days allowed"
unit = "working days"
{VALUES}

[lists.respite]
title = "Short breaks"
source = "a guide"
codes = [{{ code = "V3" }}, {{ code = "V4", from = 2008-04-01, to = 2020-04-01 }}]
"""


def _read(tmp_path: Path, text: str) -> DatedRules:
    path = tmp_path / "parameters.toml"
    path.write_text(text, encoding="utf-8")
    return read_rules(path)


def test_a_parameter_has_the_value_in_force_on_the_day_and_none_before_the_first(tmp_path: Path) -> None:
    limit = _read(tmp_path, RULES).parameters["limit"]
    asked = (date(2019, 3, 31), date(2019, 4, 1), date(2021, 9, 30), date(2021, 10, 1))
    found = [limit.on(day) for day in asked]
    assert [value.value if value else None for value in found] == [None, 3, 3, 5]


def test_a_code_is_on_its_list_from_a_day_and_until_before_another(tmp_path: Path) -> None:
    always, dated = _read(tmp_path, RULES).code_lists["respite"].codes
    assert (always.code, always.from_day, always.to_day) == ("V3", None, None)
    assert (dated.from_day, dated.to_day) == (date(2008, 4, 1), date(2020, 4, 1))


FAULTS = {
    "TOML that is none": ("[parameters.limit]", "[parameters.limit", "readable TOML"),
    "days out of order": ("2019-04-01, value", "2022-04-01, value", "not in order"),
    "a day twice": ("2021-10-01", "2019-04-01", "not in order"),
    "no source": (', source = "two"', "", "'source'"),
    "no day": ("from = 2021-10-01, ", "", "'from'"),
    "a value that is no number": ("value = 5", 'value = "5"', "'5' is no number"),
    "a value that is true": ("value = 5", "value = true", "True is no number"),
    "a day that is none": ("from = 2021-10-01", 'from = "soon"', "isoformat"),
    "no title": ('title = "Days allowed"\n', "", "'title'"),
    "no values": (VALUES, "", "'values'"),
    "a list without a source": ('source = "a guide"\n', "", "the list `respite`"),
    "a code that is no table": ('{ code = "V3" }', '"V3"', "the list `respite`"),
    "parameters that are no table": (RULES, "parameters = 3", "no table of names"),
    "a parameter that is no table": (RULES, "[parameters]\nlimit = 3", "the parameter `limit`"),
}


@pytest.mark.parametrize(("right", "wrong", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_file_is_told_with_a_remedy(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in RULES
    with pytest.raises(DefinitionError) as raised:
        _read(tmp_path, RULES.replace(right, wrong, 1))
    assert said in raised.value.problem
    assert raised.value.remedy
    assert str(raised.value.at).endswith("parameters.toml")


def test_a_council_s_value_takes_the_library_s_place_only_with_a_reason(tmp_path: Path) -> None:
    library = read_rules(LIBRARY / "parameters.toml")
    own = '[parameters.assessment_limit]\ntitle = "t"\nunit = "u"\nvalues = [{ from = 2021-04-01, value = 40'
    own += ', source = "s"'
    with pytest.raises(DefinitionError, match="does not say why"):
        overridden(library, _read(tmp_path, own + " }]"), tmp_path)
    with_reason = overridden(library, _read(tmp_path, own + ', reason = "agreed" }]'), tmp_path)
    value = with_reason.parameters["assessment_limit"].on(date(2021, 11, 1))
    assert value is not None
    assert (value.value, value.reason) == (40, "agreed")
    assert with_reason.parameters.keys() == library.parameters.keys()
    assert with_reason.code_lists == library.code_lists


def test_a_council_s_new_parameter_needs_no_reason(tmp_path: Path) -> None:
    library = read_rules(LIBRARY / "parameters.toml")
    together = overridden(library, _read(tmp_path, RULES), tmp_path)
    assert set(together.parameters) == {*library.parameters, "limit"}


def test_two_files_with_one_measure_are_told_of_each_other(tmp_path: Path) -> None:
    skeleton = (LIBRARY / "indicators" / "plans" / "cpp_started.md").read_text(encoding="utf-8")
    (tmp_path / "indicators").mkdir()
    text = skeleton.replace("id: cpp_started", "id: mine", 1)
    (tmp_path / "indicators" / "mine.md").write_text(text, encoding="utf-8")
    with pytest.raises(ScorecardError) as raised:
        load_registry(tmp_path)
    assert "the measure `cpp_started` is also one of `cpp_started`" in str(raised.value)
    assert "another id" in str(raised.value)


def test_two_files_with_one_duty_are_told_of_each_other(tmp_path: Path) -> None:
    shipped = (LIBRARY / "indicators" / "visits" / "cp_visits_pct.md").read_text(encoding="utf-8")
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "mine.md").write_text(shipped.replace("cp_visits_pct", "mine"), encoding="utf-8")
    with pytest.raises(ScorecardError) as raised:
        load_registry(tmp_path)
    assert "the duty “Visit, child protection” is also one of `cp_visits_pct`" in str(raised.value)


def test_a_workspace_without_files_of_its_own_has_the_library_s(tmp_path: Path) -> None:
    own, library = load_registry(tmp_path), load_registry()
    assert own.indicators.keys() == library.indicators.keys()
    assert own.rules == library.rules


def test_a_figure_is_found_by_its_id_and_an_unknown_one_is_answered_with_the_nearest() -> None:
    registry = load_registry()
    assert registry.of_measure("cpp_rate").id == "cpp_open"
    with pytest.raises(ScorecardError, match="Did you mean cpp_rate"):
        registry.measure("cpp_rates")
    with pytest.raises(ScorecardError, match="lists them all"):
        registry.of_measure("xyzzy")


def test_a_council_s_list_takes_the_library_s_place_only_with_a_reason(tmp_path: Path) -> None:
    library = _read(tmp_path, RULES)
    own = '[lists.respite]\ntitle = "Short breaks"\nsource = "our own"\ncodes = [{ code = "V4" }]\n'
    with pytest.raises(DefinitionError, match="list `respite` replaces"):
        overridden(library, _read(tmp_path, own), tmp_path)
    with_reason = overridden(library, _read(tmp_path, own + 'reason = "V3 is not used here"\n'), tmp_path)
    assert [code.code for code in with_reason.code_lists["respite"].codes] == ["V4"]


def test_everything_that_replaces_the_library_without_a_reason_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ScorecardError) as told:
        overridden(_read(tmp_path, RULES), _read(tmp_path, RULES), tmp_path)
    assert "`limit`" in str(told.value)
    assert "`respite`" in str(told.value)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (RULES.replace("limit]", "cin_vist_limit]"), "1: no definition asks for `cin_vist_limit`"),
        (RULES.replace("limit]", "cin_vist_limit]"), "Did you mean “cin_visit_limit”?"),
        (RULES, "6: no definition asks for `respite`"),
        (RULES.replace("parameters.", "parameter."), "1: the file has no “parameter”\n  Did you mean “parameters”?"),
        (RULES.replace("unit", "units"), "the parameter “limit” has no “units”\n  Did you mean “unit”?"),
        (RULES.replace('source = "two"', 'source = "two", reson = "x"'), "a value of the parameter “limit” has no"),
    ],
)
def test_what_no_definition_asks_for_is_refused_with_its_line_and_the_nearest(
    tmp_path: Path, wrong: str, said: str
) -> None:
    if "units" in wrong:
        wrong = wrong.replace("units =", 'unit = "days"\nunits =')
    (tmp_path / "parameters.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ScorecardError) as told:
        load_registry(tmp_path)
    assert said in str(told.value)


def test_a_name_that_a_council_s_own_definition_asks_for_is_its_own(tmp_path: Path) -> None:
    shipped = (LIBRARY / "indicators" / "visits" / "cp_visits_pct.md").read_text(encoding="utf-8")
    own = shipped.replace("id: cp_visits_pct", "id: cp_visits_pct\nreplaces: cp_visits_pct\nreason: our own limit", 1)
    (tmp_path / "indicators").mkdir()
    asking = own.replace("param_on('cp_visit_limit'", "param_on('limit'")
    (tmp_path / "indicators" / "cp_visits_pct.md").write_text(asking, encoding="utf-8")
    (tmp_path / "parameters.toml").write_text(RULES.partition("[lists")[0], encoding="utf-8")
    assert "limit" in load_registry(tmp_path).rules.parameters
