"""A report goes to the mapping that is most sure of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from scorecard.contract.mapping.forms import From
from scorecard.contract.mapping.mapping import Mapping, RecognisedBy, RowRules, TableMap
from scorecard.contract.mapping.recognising import Fit, fits

if TYPE_CHECKING:
    from scorecard.contract.sources.piece import Piece

CONTACTS = Mapping("contacts", "Contacts", RecognisedBy(("Person ID", "Contact date")), (TableMap("ssd_contacts", {}),))


@dataclass
class Sheet:
    """The first rows of a sheet."""

    head: tuple[tuple[str, ...], ...]
    name: str = "Sheet1"
    label: str = "report.xlsx, sheet Sheet1"


def fits_of(sheet: Sheet, mappings: list[Mapping]) -> list[Fit]:
    return fits(cast("Piece", sheet), mappings)


def test_the_header_is_the_first_row_with_every_header_it_is_recognised_by() -> None:
    sheet = Sheet((("Contacts", ""), ("Person ID", ""), ("PERSON_ID", " Contact  Date")))
    (fit,) = fits_of(sheet, [CONTACTS])
    assert (fit.header_row, fit.places) == (3, {"Person ID": 0, "Contact date": 1})


def test_a_row_that_lacks_one_of_them_is_no_header_wherever_the_mapping_says_it_is() -> None:
    sheet = Sheet((("Person ID", "Contact date"), ("1", "2")))
    assert fits_of(sheet, [replace(CONTACTS, rows=RowRules(header=2))]) == []


def test_the_mapping_that_is_recognised_by_more_comes_first() -> None:
    sheet = Sheet((("Person ID", "Contact date", "Route"),))
    finer = replace(CONTACTS, id="routes", recognised_by=RecognisedBy(("Person ID", "Contact date", "Route")))
    assert [fit.mapping.id for fit in fits_of(sheet, [CONTACTS, finer])] == ["routes", "contacts"]


def test_of_two_told_by_as_many_headers_the_one_that_asks_for_the_name_comes_first() -> None:
    sheet = Sheet((("Person ID", "Contact date", "Who"),), "DA hub")
    named = replace(CONTACTS, id="hub", recognised_by=RecognisedBy(CONTACTS.recognised_by.headers, ("da*",)))
    wider = replace(CONTACTS, tables=(TableMap("ssd_contacts", {"cont_contact_source_desc": From("Who")}),))
    assert [fit.mapping.id for fit in fits_of(sheet, [wider, named])] == ["hub", "contacts"]
    assert [len(fit.places) for fit in fits_of(sheet, [CONTACTS, wider])] == [3, 2]


def test_a_name_that_is_asked_for_must_fit() -> None:
    named = replace(CONTACTS, recognised_by=RecognisedBy(CONTACTS.recognised_by.headers, ("list 1", "contacts*")))
    head = (("Person ID", "Contact date"),)
    such = [
        name
        for name in ("List_1", "List 11", "02 Contacts by route (3)", "My contacts")
        if fits_of(Sheet(head, name), [named])
    ]
    assert such == ["List_1", "02 Contacts by route (3)"]


def test_why_it_fits_counts_the_headers() -> None:
    more = replace(CONTACTS, tables=(TableMap("ssd_contacts", {"cont_contact_source_desc": From("Who")}),))
    (fit,) = fits_of(Sheet((("Person ID", "Contact date", "Else"),)), [more])
    assert fit.why == "row 1 names 2 of its 3 columns"
    assert (fit.missing, fit.others) == (("Who",), ("Else",))
