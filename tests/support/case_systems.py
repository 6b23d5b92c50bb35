"""An extract as two case systems' scripts would have left it: the contract's tables with the quirks of each."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.load import load_contract

if TYPE_CHECKING:
    from pathlib import Path

_TABLES = "SELECT * FROM read_csv('{path}', all_varchar = true)"
_LISTED = "array_to_string(json_keys({0}), ',')"

MOSAIC = {
    "ssd_contacts": f"""SELECT * EXCLUDE (cont_contact_source_code)
        REPLACE (label('referral_source', cont_contact_source_code) AS cont_contact_source_desc,
                 {_LISTED.format("cont_contact_outcome_json")} AS cont_contact_outcome_json) FROM t""",
    "ssd_cin_episodes": f"""SELECT * REPLACE (
        {_LISTED.format("cine_referral_outcome_json")} AS cine_referral_outcome_json) FROM t""",
    "ssd_cin_assessments": """SELECT * REPLACE (cina_assessment_outcome_nfa AS cina_assessment_outcome_json,
        NULL AS cina_assessment_outcome_nfa) FROM t""",
    "ssd_cin_plans": "SELECT * RENAME (cinp_cin_plan_id AS cin_plan_id) FROM t",
    "ssd_cin_visits": """SELECT t.* EXCLUDE (cinv_person_id, cinv_referral_id), r.cine_referral_id AS cinv_cin_plan_id
        FROM t ASOF LEFT JOIN ssd_cin_episodes AS r
            ON r.cine_person_id = t.cinv_person_id AND t.cinv_cin_visit_date >= r.cine_referral_date""",
    "ssd_cp_visits": "SELECT * EXCLUDE (cppv_person_id) REPLACE (NULL AS cppv_cp_visit_id) FROM t",
    "ssd_cp_reviews": """SELECT * EXCLUDE (cppr_person_id, cppr_cp_review_meeting_id)
        REPLACE ('All agreed that the plan goes on' AS cppr_cp_review_outcome_continue_cp) FROM t""",
    "ssd_cla_placement": "SELECT * EXCLUDE (clap_person_id) REPLACE (NULL AS clap_cla_placement_distance) FROM t",
    "ssd_cla_reviews": """SELECT * REPLACE (min(clar_cla_review_id) OVER (PARTITION BY clar_cla_review_date)
        AS clar_cla_review_id) FROM t""",
    "ssd_involvements": "SELECT * EXCLUDE (invo_person_id) FROM t",
    "ssd_cp_plans": "SELECT * EXCLUDE (cppl_cp_plan_ola) FROM t",
    "ssd_professionals": """SELECT * REPLACE (NULL AS prof_professional_id, NULL AS prof_professional_job_title,
        NULL AS prof_full_time_equivalency, NULL AS prof_agency_worker_flag) FROM t""",
    "ssd_care_leavers": "FROM t LIMIT 0",
    "ssd_department": "FROM t LIMIT 0",
}
"""Tables as Mosaic's script leaves them, by what it does to a table `t`."""

_LEAVERS = """SELECT * REPLACE (coalesce(clea_pathway_plan_review_date, '1900-01-01') AS clea_pathway_plan_review_date,
    label('care_leaver_accommodation', clea_care_leaver_accommodation) AS clea_care_leaver_accommodation,
    label('accommodation_suitable', clea_care_leaver_accom_suitable) AS clea_care_leaver_accom_suitable,
    label('care_leaver_activity', clea_care_leaver_activity) AS clea_care_leaver_activity) FROM t"""

SYSTEMC = {
    "ssd_person": "SELECT * REPLACE ('L' || pers_person_id AS pers_legacy_id), 'A' AS pers_single_unique_id FROM t",
    "ssd_contacts": """SELECT * REPLACE (place('referral_source', cont_contact_source_code) AS cont_contact_source_code,
        label('referral_source', cont_contact_source_code) AS cont_contact_source_desc) FROM t""",
    "ssd_cin_episodes": """SELECT * REPLACE (
        place('referral_source', cine_referral_source_code) AS cine_referral_source_code,
        label('referral_source', cine_referral_source_code) AS cine_referral_source_desc) FROM t""",
    "ssd_cin_assessments": """SELECT * REPLACE (coalesce(cina_assessment_auth_date, '1900-01-01')
        AS cina_assessment_auth_date) FROM t""",
    "ssd_early_help_episodes": "SELECT * REPLACE ('SSD_PH' AS earl_episode_worker_id) FROM t",
    "ssd_cp_plans": """SELECT * REPLACE (said(cppl_cp_plan_initial_category) AS cppl_cp_plan_initial_category,
        said(cppl_cp_plan_latest_category) AS cppl_cp_plan_latest_category) FROM t""",
    "ssd_cla_episodes": """SELECT * REPLACE (
        label('care_episode_start_reason', clae_cla_episode_start_reason) AS clae_cla_episode_start_reason,
        label('care_episode_end_reason', clae_cla_episode_ceased_reason) AS clae_cla_episode_ceased_reason) FROM t""",
    "ssd_permanence": """SELECT * REPLACE ('L' || perm_person_id AS perm_person_id,
        coalesce(perm_placed_foster_carer_date, '1900-01-01') AS perm_placed_foster_carer_date) FROM t""",
    "ssd_care_leavers": f"""{_LEAVERS} UNION ALL SELECT DISTINCT ON (clea_person_id) * REPLACE (
        'Z' || clea_table_id AS clea_table_id, 'Qualifying' AS clea_care_leaver_eligibility,
        NULL AS clea_care_leaver_latest_contact) FROM ({_LEAVERS})""",
    "ssd_cin_visits": """SELECT * EXCLUDE (cinv_referral_id) FROM t UNION ALL
        SELECT cppv_cp_visit_id, cppv_person_id, cppv_cp_visit_date, cppv_cp_visit_seen, cppv_cp_visit_seen_alone, NULL
        FROM ssd_cp_visits UNION ALL
        SELECT clav_cla_visit_id, clav_person_id, clav_cla_visit_date, clav_cla_visit_seen, clav_cla_visit_seen_alone,
               NULL
        FROM ssd_cla_visits""",
}
"""Tables as SystemC's script leaves them."""


def left_by(quirks: dict[str, str], extract: Path, folder: Path) -> Path:
    """The extract with the quirks of a case system, in a folder of its own."""
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        _words(connection)
        for path in sorted(extract.glob("*.csv")):
            connection.execute(f"CREATE VIEW {path.stem} AS {_TABLES.format(path=path)}")
        for path in sorted(extract.glob("*.csv")):
            if path.stem in quirks:
                connection.execute(f"CREATE OR REPLACE TEMP VIEW t AS FROM {path.stem}")
                connection.execute(f"COPY ({quirks[path.stem]}) TO '{folder / path.name}' (HEADER)")
            else:
                shutil.copy(path, folder / path.name)
    return folder


def _words(connection: duckdb.DuckDBPyConnection) -> None:
    """A code's label; its place in a list of the system's own; a category in words."""
    codes = [
        (name, code.code, code.label, str(1000 + place))
        for name, listed in load_contract().codes.items()
        for place, code in enumerate(listed)
    ]
    connection.execute("CREATE TABLE codes (list VARCHAR, code VARCHAR, label VARCHAR, place VARCHAR)")
    connection.executemany("INSERT INTO codes VALUES (?, ?, ?, ?)", codes)
    for word in ("label", "place"):
        connection.execute(
            f"CREATE MACRO {word}(l, c) AS (SELECT any_value(o.{word}) FROM codes AS o WHERE o.list = l AND o.code = c)"
        )
    connection.execute(
        "CREATE MACRO said(c) AS CASE c WHEN 'MUL' THEN 'Multiple: Neglect, Emotional abuse'"
        " ELSE label('abuse_category', c) END"
    )
