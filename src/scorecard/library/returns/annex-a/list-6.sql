-- List 6: Children in Need
-- told apart by:
-- Children with a service as a child in need now or in the last six months, each with the latest episode of need; one
-- who was only referred is not among them. The status is the first of the guidance's that applies.
WITH episode AS (
    SELECT
        e.*,
        EXISTS (SELECT 1 FROM the_care AS k
                WHERE k.child = e.cine_person_id AND k.ceased IS NULL) AS in_care,
        EXISTS (SELECT 1 FROM ssd_cp_plans AS p
                WHERE p.cppl_person_id = e.cine_person_id AND p.cppl_cp_plan_start_date <= as_at()
                    AND by_then(p.cppl_cp_plan_end_date) IS NULL) AS protected,
        EXISTS (SELECT 1 FROM ssd_cin_plans AS n
                WHERE n.cinp_person_id = e.cine_person_id AND n.cinp_cin_plan_start_date <= as_at()
                    AND by_then(n.cinp_cin_plan_end_date) IS NULL) AS in_need,
        EXISTS (SELECT 1 FROM ssd_cin_assessments AS a
                WHERE a.cina_person_id = e.cine_person_id AND a.cina_assessment_start_date <= as_at()
                    AND by_then(a.cina_assessment_auth_date) IS NULL) AS assessed,
        EXISTS (SELECT 1 FROM ssd_cin_assessments AS a
                WHERE a.cina_referral_id = e.cine_referral_id AND a.cina_person_id = e.cine_person_id
                    AND a.cina_assessment_start_date <= as_at())
        OR EXISTS (SELECT 1 FROM ssd_cin_plans AS n
                WHERE n.cinp_referral_id = e.cine_referral_id AND n.cinp_person_id = e.cine_person_id
                    AND n.cinp_cin_plan_start_date <= as_at()) AS served
    FROM ssd_cin_episodes AS e
    WHERE current_or_within(e.cine_referral_date, e.cine_close_date, 6)
)
SELECT
    c.id AS "Child Unique ID",
    c.gender AS "Gender",
    c.ethnicity AS "Ethnicity",
    c.born AS "Date of Birth",
    c.age AS "Age of Child (Years)",
    c.disabled AS "Does the Child have a Disability",
    e.cine_referral_date AS "CIN Start Date",
    worded_need(e.cine_cin_primary_need_code) AS "Primary Need Code",
    s.day AS "Date Child Was Last Seen",
    by_then(e.cine_close_date) AS "CIN Closure Date",
    CASE WHEN by_then(e.cine_close_date) IS NOT NULL THEN worded_closure(e.cine_close_reason) END AS "Reason for Closure",
    CASE WHEN by_then(e.cine_close_date) IS NOT NULL THEN 'e) Closed episode'
         WHEN e.in_care THEN 'a) Looked after child'
         WHEN e.protected THEN 'b) Child Protection plan'
         WHEN e.in_need THEN 'c) Child in need plan'
         WHEN e.assessed THEN 'd) Open assessment' END AS "Case status",
    w.team AS "Allocated Team",
    w.worker AS "Allocated Worker"
FROM episode AS e
JOIN the_child AS c ON c.id = e.cine_person_id
LEFT JOIN the_seen AS s ON s.child = c.id
LEFT JOIN the_worker AS w ON w.child = c.id
WHERE e.served OR e.in_care OR e.protected OR e.in_need OR e.assessed
QUALIFY row_number() OVER (
    PARTITION BY c.id ORDER BY e.cine_referral_date DESC, e.cine_referral_id DESC) = 1
ORDER BY e.cine_referral_date, c.id
