-- List 7: Child protection
-- told apart by:
-- Children on a child protection plan now or in the last six months, each with the latest plan. Plans of another
-- authority are neither listed nor counted.
WITH plan AS (
    SELECT p.*, row_number() OVER (PARTITION BY p.cppl_person_id
                                   ORDER BY p.cppl_cp_plan_start_date, p.cppl_cp_plan_id) - 1 AS before
    FROM ssd_cp_plans AS p
    WHERE p.cppl_cp_plan_start_date <= as_at() AND coalesce(p.cppl_cp_plan_ola, 'N') <> 'Y'
),
visit AS (
    SELECT cppv_person_id AS child, max(cppv_cp_visit_date) AS day,
           arg_max(cppv_cp_visit_seen_alone, cppv_cp_visit_date) AS alone
    FROM ssd_cp_visits
    WHERE cppv_cp_visit_date <= as_at()
    GROUP BY cppv_person_id
),
review AS (
    SELECT cppr_cp_plan_id AS plan, max(cppr_cp_review_date) AS day
    FROM ssd_cp_reviews
    WHERE cppr_cp_review_date <= as_at()
    GROUP BY cppr_cp_plan_id
)
SELECT
    c.id AS "Child Unique ID",
    c.gender AS "Gender",
    c.ethnicity AS "Ethnicity",
    c.born AS "Date of Birth",
    c.age AS "Age of Child (Years)",
    c.disabled AS "Does the Child have a Disability",
    p.cppl_cp_plan_start_date AS "Child Protection Plan Start Date",
    worded_abuse(p.cppl_cp_plan_initial_category) AS "Initial Category of Abuse",
    worded_abuse(p.cppl_cp_plan_latest_category) AS "Latest Category of Abuse",
    v.day AS "Date of the Last Statutory Visit",
    CASE WHEN v.day IS NOT NULL THEN yes_no_unknown(v.alone) END AS "Was the Child Seen Alone?",
    r.day AS "Date of latest review conference",
    by_then(p.cppl_cp_plan_end_date) AS "Child Protection Plan End Date",
    is_true(EXISTS (
        SELECT 1 FROM ssd_legal_status AS l
        WHERE l.lega_person_id = c.id AND l.lega_legal_status IN ('L1', 'L2')
            AND current_or_within(l.lega_legal_status_start_date, l.lega_legal_status_end_date, 6)))
        AS "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
    p.before AS "Number of Previous Child Protection Plans",
    w.team AS "Allocated Team",
    w.worker AS "Allocated Worker"
FROM plan AS p
JOIN the_child AS c ON c.id = p.cppl_person_id
LEFT JOIN visit AS v ON v.child = c.id AND v.day >= p.cppl_cp_plan_start_date
LEFT JOIN review AS r ON r.plan = p.cppl_cp_plan_id
LEFT JOIN the_worker AS w ON w.child = c.id
WHERE current_or_within(p.cppl_cp_plan_start_date, p.cppl_cp_plan_end_date, 6)
QUALIFY row_number() OVER (
    PARTITION BY c.id ORDER BY p.cppl_cp_plan_start_date DESC, p.cppl_cp_plan_id DESC) = 1
ORDER BY p.cppl_cp_plan_start_date, c.id
