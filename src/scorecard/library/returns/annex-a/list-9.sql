-- List 9: Care leavers
-- told apart by:
-- Young people who have a leaving care service now: the newest record of each, unless it says there is no entitlement.
WITH leaver AS (
    SELECT *, max(by_then(clea_pathway_plan_review_date)) OVER (PARTITION BY clea_person_id) AS reviewed
    FROM ssd_care_leavers
    WHERE coalesce(clea_care_leaver_latest_contact, DATE '1900-01-01') <= as_at()
    QUALIFY row_number() OVER (
        PARTITION BY clea_person_id
        ORDER BY clea_care_leaver_latest_contact DESC NULLS LAST, clea_table_id DESC) = 1
)
SELECT
    c.id AS "Child Unique ID",
    c.gender AS "Gender",
    c.ethnicity AS "Ethnicity",
    c.born AS "Date of Birth",
    c.age AS "Age of Child (Years)",
    c.disabled AS "Does the Child have a Disability",
    coalesce(t.dept_team_name, w.team) AS "Allocated Team",
    coalesce(l.clea_care_leaver_worker_id, w.worker) AS "Allocated Worker",
    worded_eligibility(lower(l.clea_care_leaver_eligibility)) AS "Eligibility Category",
    worded_in_touch(l.clea_care_leaver_in_touch) AS "LA In Touch ",
    worded_accommodation(l.clea_care_leaver_accommodation) AS "Type of Accommodation",
    worded_suitable(l.clea_care_leaver_accom_suitable) AS "Suitability of Accommodation",
    worded_activity(l.clea_care_leaver_activity) AS "Activity Status",
    is_true(EXISTS (
        SELECT 1 FROM ssd_immigration_status AS i
        WHERE i.immi_person_id = c.id AND i.immi_immigration_status ILIKE '%UASC%'))
        AS "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
    CAST(NULL AS VARCHAR) AS "Allocated Personal Advisor",
    l.reviewed AS "Latest Pathway Plan Review Date",
    l.clea_care_leaver_latest_contact AS "Latest Date of Contact"
FROM leaver AS l
JOIN the_child AS c ON c.id = l.clea_person_id
LEFT JOIN ssd_department AS t ON t.dept_team_id = l.clea_care_leaver_allocated_team
LEFT JOIN the_worker AS w ON w.child = c.id
WHERE lower(coalesce(l.clea_care_leaver_eligibility, '')) <> 'no current eligibility'
ORDER BY c.id
