"""The kinds of spelling that councils and their systems leave, each by a few invented ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from scorecard.contract.values.match import LONGEST, Match, Sureness, match
from scorecard.contract.values.normal import spelled
from scorecard.contract.values.rule import parsed_rule
from scorecard.contract.values.vocabulary import vocabulary
from scorecard.errors import DefinitionError

CODE_SETS = Path(__file__).resolve().parents[5] / "shared" / "design" / "codesets.csv"
EXACT, SPELLING, PREFIX, LIKELY = Sureness.EXACT, Sureness.SPELLING, Sureness.PREFIX, Sureness.LIKELY


@pytest.mark.parametrize(
    ("named", "text", "code", "sureness"),
    [
        ("referral_source", "6", "6", EXACT),
        ("referral_source", "1a", "1A", SPELLING),
        ("legal_status", "FULL  care\u00a0Order.", "C2", SPELLING),
        ("referral_source", "a) School", "2A", SPELLING),
        ("referral_source", "q) 6: Police", "6", PREFIX),
        ("referral_source", "1C – the child", "1C", PREFIX),
        ("placement_provider", "Private Provision [PR4]", "PR4", PREFIX),
        ("closure_reason", "RC 2 - Died", "RC2", PREFIX),
        ("primary_need", "CIN - N5 Family dysfunction", "N5", PREFIX),
        ("primary_need", "N1c : Neglect at home", "N1", PREFIX),
        ("primary_need", "N1c", "N1", LIKELY),
        ("primary_need", "N1c : Nothing we know", "N1", LIKELY),
        ("closure_reason", "Death of the child (CIN RC2)", "RC2", PREFIX),
        ("primary_need", "N3 - Nothing we know", "N3", LIKELY),
        ("primary_need", "Code 'N7' is not mapped", "N7", LIKELY),
        ("referral_source", "My grandmother", "1A", LIKELY),
        ("referral_source", "Hosptial ward", "3F", LIKELY),
        ("referral_source", "CHARI", "8", LIKELY),
        ("referral_source", "7 - Police station", "6", LIKELY),
        ("ethnicity", "A.B2 : White and Black African", "MWBA", PREFIX),
        ("ethnicity", "C1", "AIND", LIKELY),
        ("ethnicity", "C.C1) Asian or Asian British – Indian", "AIND", PREFIX),
        ("ethnicity", "C2: Asian or Asian British – Indian", "AIND", LIKELY),
        ("ethnicity", "Black/Black British: African", "BAFR", SPELLING),
        ("ethnicity", "Asian: African", "AOTH", LIKELY),
        ("case_status", "CLA and CP", "A", LIKELY),
        ("referral_source", "8: Harbour charity", "8", LIKELY),
        ("referral_source", "Individual – the family members, relatives and carers", "1A", SPELLING),
        ("referral_source", "DINU", "3D", LIKELY),
        ("referral_source", "S.F.", "1A", LIKELY),
        ("ethnicity", "BRGN - Bangladesh", "ABAN", LIKELY),
        ("disability", "Child’s Behaviour", "BEH", LIKELY),
        ("abuse_category", "Multiple: Sexual Abuse, Neglect", "MUL", LIKELY),
        ("abuse_category", "YNNN", "NEG", LIKELY),
        ("abuse_category", "Emotional Abuse", "EMO", SPELLING),
        ("care_episode_start_reason", "Change of legal status only", "L", EXACT),
        ("care_episode_end_reason", "Special guardianship order, former foster carer (a friend)", "E45", LIKELY),
        ("care_leaver_accommodation", "B2", "B", SPELLING),
        ("care_leaver_accommodation", "Semi-independent; transitional accommodation", "D", SPELLING),
        ("care_leaver_activity", "Full time in an apprenticeship", "F4", LIKELY),
        ("accommodation_suitable", "Accommodation judged not suitable", "2", LIKELY),
        ("care_leaver_in_touch", "No longer requires services", "NREQ", EXACT),
        ("placement_type", "F4 - Foster placement with relative", "U3", LIKELY),
        ("flag", "Y", "Y", EXACT),
        ("flag", "true", "Y", SPELLING),
        ("flag", "b) No", "N", SPELLING),
        ("flag", "Child was not seen", "N", LIKELY),
        ("local_authority", "E06000019", "884", SPELLING),
        ("local_authority", "Herefordshire Council", "884", SPELLING),
        ("local_authority", "London Borough of Camden", "202", SPELLING),
        ("local_authority", "KENSINGTON AND CH", "207", LIKELY),
        ("local_authority", "Basildon District", "881", LIKELY),
        ("local_authority", "Medway (B)", "887", LIKELY),
        ("local_authority", "Powys", "WAL", LIKELY),
    ],
)
def test_each_kind_of_spelling_is_known_as_surely_as_it_can_be(
    named: str, text: str, code: str, sureness: Sureness
) -> None:
    assert match(vocabulary(named), text) == Match(code, sureness)


@pytest.mark.parametrize("text", ["", " - ", "#N/A", "nan", "N/A", "Not recorded", "<blank>"])
def test_what_says_nothing_was_recorded_is_understood_as_that_and_not_as_a_code(text: str) -> None:
    assert match(vocabulary("legal_status"), text) == Match(None, SPELLING)


def test_what_says_not_known_is_the_code_for_it_where_a_list_has_one() -> None:
    assert match(vocabulary("referral_source"), "unknown").code == "10"
    assert match(vocabulary("ethnicity"), "Not recorded").code == "NOBT"


def test_a_code_gainsaid_by_the_words_beside_it_is_only_likely() -> None:
    assert match(vocabulary("closure_reason"), "RC1 - Died") == Match("RC1", LIKELY)
    assert match(vocabulary("closure_reason"), "RC1 - Adopted") == Match("RC1", PREFIX)


def test_a_code_of_letters_beside_its_label_is_sure() -> None:
    assert match(vocabulary("placement_change_reason"), "CARPL - Change to the care plan") == Match("CARPL", PREFIX)
    assert match(vocabulary("panel_item_type"), "LTMATCH: Long-term match") == Match("LTMATCH", PREFIX)


def test_a_value_of_a_million_letters_is_read_to_its_first_few_hundred() -> None:
    for named in ("local_authority", "referral_source", "ethnicity"):
        text = f"{'qx ' * 130}police{' school' * 300_000}"
        assert match(vocabulary(named), text) == match(vocabulary(named), text[:LONGEST])


def test_a_code_that_councils_do_not_agree_on_is_only_likely_before_words() -> None:
    each = vocabulary("care_episode_end_reason")
    assert match(each, "E17") == Match("E17", EXACT)
    assert match(each, "E17 - Turned 18 and stayed with the carers").sureness is LIKELY


def test_a_word_that_is_also_a_code_is_no_code_where_the_words_say_otherwise() -> None:
    assert match(vocabulary("care_leaver_in_touch"), "No contact recorded") == Match(None, LIKELY)


@pytest.mark.parametrize("text", ["CC", "DNX", "D", "DISTNUR"])
def test_letters_that_shorten_no_name_or_those_of_two_codes_are_not_guessed_at(text: str) -> None:
    # “CC” is a contact centre as well as a county court.
    assert match(vocabulary("referral_source"), text).sureness is Sureness.NONE


def test_another_word_is_no_slip_for_a_word_of_the_list() -> None:
    # “person” and “prison” each become “prson” without a letter, but are not one slip apart.
    assert match(vocabulary("care_leaver_accommodation"), "a person").code is None


@pytest.mark.parametrize("written", ["child?s", "child’s", "child`s", "CHILD'S"])
def test_an_apostrophe_is_an_apostrophe_in_whatever_encoding(written: str) -> None:
    assert spelled(f"{written} disability") == "childs disability"


@pytest.mark.parametrize("line", ["1A mother", "1A:", "1A: mother & ", "1A: & father"])
def test_a_line_that_is_no_rule_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="is no rule"):
        parsed_rule(line)


def test_a_list_that_does_not_exist_is_named() -> None:
    with pytest.raises(DefinitionError, match="There is no code list colour"):
        vocabulary("colour")


FIELDS = {
    "ReferralSource": "referral_source",
    "Ethnicity": "ethnicity",
    "Disability": "disability",
    "InitialCategoryOfAbuse/LatestCategoryOfAbuse": "abuse_category",
    "PrimaryNeedCode": "primary_need",
    "ReasonForClosure": "closure_reason",
    "Sex": "sex",
    "header.ETHNIC": "ethnicity",
    "episodes.CIN": "primary_need",
    "episodes.LS": "legal_status",
    "episodes.PLACE_PROVIDER": "placement_provider",
    "episodes.REASON_PLACE_CHANGE": "placement_change_reason",
    "episodes.REC": "care_episode_end_reason",
    "episodes.RNE": "care_episode_start_reason",
    "oc3.ACTIV": "care_leaver_activity",
    "oc3.IN_TOUCH": "care_leaver_in_touch",
    "reviews.REVIEW_CODE": "review_participation",
    "prev_perm.PREV_PERM": "previous_permanence",
    "placed_adoption.REASON_PLACED_CEASED": "adoption_reversed_reason",
    "social_worker.SW_REASON": "worker_change_reason",
    "oc2.SDQ_REASON": "sdq_reason",
    "ad1.LS_ADOPTR": "adopter_legal_status",
    "ad1.SEX_ADOPTR": "adopter_sex",
    "OrgRole": "workforce_role",
}


@pytest.mark.skipif(not CODE_SETS.exists(), reason="the code sets of the returns are beside the repository")
def test_each_label_of_the_returns_alone_or_behind_its_code_is_its_code() -> None:
    wrong = []
    with CODE_SETS.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            each = vocabulary(FIELDS[row["field"]]) if row["field"] in FIELDS else None
            if each and row["label"] and row["code"] in each.labels:
                texts = (row["label"], f"{row['code']} - {row['label']}")
                wrong += [text for text in texts if match(each, text).code != row["code"]]
    assert wrong == []


ANNEX_A_FIELDS = {
    "Contact / Referral Source": "referral_source",
    "Ethnicity": "ethnicity",
    "Initial/Latest Category of Abuse": "abuse_category",
    "Primary Need Code": "primary_need",
    "Child's Category of Need": "primary_need",
    "Reason for Closure": "closure_reason",
    "Case status": "case_status",
    "Child's Legal Status": "legal_status",
    "Placement Type": "placement_type",
    "Placement Provider": "placement_provider",
    "Placement Location": "placement_location",
    "LA of Placement": "local_authority",
    "Reason Ceased to be Looked After": "care_episode_end_reason",
    "What is the permanence plan for this child?": "permanence_plan",
    "Eligibility Category": "eligibility",
    "LA In Touch": "care_leaver_in_touch",
    "Type of Accommodation": "care_leaver_accommodation",
    "Suitability of Accommodation": "accommodation_suitable",
    "Activity Status": "care_leaver_activity",
    "Reason Why Child No Longer Placed for Adoption": "adoption_reversed_reason",
    "Reason for leaving adoption process": "adopter_left",
    "Gender": "gender",
}


@pytest.mark.skipif(not CODE_SETS.exists(), reason="the code sets of the returns are beside the repository")
def test_each_value_of_the_annex_a_template_is_matched_without_a_warning() -> None:
    with CODE_SETS.open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["standard"] == "Annex A (Aug 2019)"]
    found = {row["code"]: match(vocabulary(ANNEX_A_FIELDS.get(row["field"], "flag")), row["code"]) for row in rows}
    assert rows
    assert {text: one for text, one in found.items() if one.sureness in {LIKELY, Sureness.NONE}} == {}
