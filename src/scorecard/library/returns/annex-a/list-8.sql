-- List 8: Children in care
-- told apart by:
-- Children in care now or in the last six months, each with the latest period of care. Temporary moves are no placements.
WITH status AS (
    SELECT lega_person_id AS child, max(lega_legal_status_start_date) AS day,
           arg_max(lega_legal_status, (lega_legal_status_start_date, lega_legal_status_id)) AS code
    FROM ssd_legal_status
    WHERE lega_legal_status_start_date <= as_at()
    GROUP BY lega_person_id
),
placed AS (
    SELECT p.*
    FROM ssd_cla_placement AS p
    WHERE p.clap_cla_placement_start_date <= as_at() AND NOT starts_with(coalesce(p.clap_cla_placement_type, ''), 'T')
),
placement AS (
    SELECT *
    FROM placed
    QUALIFY row_number() OVER (
        PARTITION BY clap_cla_id ORDER BY clap_cla_placement_start_date DESC, clap_cla_placement_id DESC) = 1
),
moves AS (
    SELECT clap_cla_id AS period, count(*) AS placements
    FROM placed
    WHERE current_or_within(clap_cla_placement_start_date, clap_cla_placement_end_date, 12)
    GROUP BY clap_cla_id
),
review AS (
    SELECT clar_cla_id AS period, max(clar_cla_review_date) AS day
    FROM ssd_cla_reviews
    WHERE clar_cla_review_date <= as_at() AND coalesce(clar_cla_review_cancelled, 'N') <> 'Y'
    GROUP BY clar_cla_id
),
visit AS (
    SELECT clav_person_id AS child, max(clav_cla_visit_date) AS day
    FROM ssd_cla_visits
    WHERE clav_cla_visit_date <= as_at()
    GROUP BY clav_person_id
),
health AS (
    SELECT
        clah_person_id AS child,
        max(clah_health_check_date) FILTER (clah_health_check_type ILIKE '%assess%') AS assessed,
        max(clah_health_check_date) FILTER (clah_health_check_type ILIKE '%dent%') AS teeth
    FROM ssd_cla_health
    WHERE clah_health_check_date <= as_at()
    GROUP BY clah_person_id
),
gone AS (
    SELECT
        m.miss_person_id AS child,
        count(*) FILTER (m.miss_missing_episode_type = 'M' AND within(m.miss_missing_episode_start_date, 12)) AS missing,
        count(*) FILTER (m.miss_missing_episode_type = 'A' AND within(m.miss_missing_episode_start_date, 12)) AS away,
        arg_max(m.miss_missing_rhi_offered, m.miss_missing_episode_start_date)
            FILTER (m.miss_missing_episode_type = 'M') AS offered,
        arg_max(m.miss_missing_rhi_accepted, m.miss_missing_episode_start_date)
            FILTER (m.miss_missing_episode_type = 'M') AS accepted
    FROM ssd_missing AS m
    WHERE m.miss_missing_episode_start_date <= as_at()
    GROUP BY m.miss_person_id
)
SELECT
    c.id AS "Child Unique ID",
    c.gender AS "Gender",
    c.ethnicity AS "Ethnicity",
    c.born AS "Date of Birth",
    c.age AS "Age of Child (Years)",
    is_true(EXISTS (
        SELECT 1 FROM ssd_immigration_status AS i
        WHERE i.immi_person_id = c.id AND i.immi_immigration_status ILIKE '%UASC%'
            AND current_or_within(coalesce(i.immi_immigration_status_start_date, DATE '1900-01-01'),
                                  i.immi_immigration_status_end_date, 12)))
        AS "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
    c.disabled AS "Does the Child have a Disability",
    k.started AS "Date Started to be Looked After",
    worded_need(k.need) AS "Child's Category of Need",
    is_true(EXISTS (
        SELECT 1 FROM the_care AS o
        WHERE o.child = k.child AND o.period <> k.period AND o.ceased BETWEEN months_back(12) AND k.started))
        AS "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
    l.day AS "Start date of current legal status",
    worded_legal_status(l.code) AS "Child's Legal Status",
    r.day AS "Date of Latest Statutory Review",
    v.day AS "Date of Last Social Work Visit",
    CAST(NULL AS VARCHAR) AS "What is the permanence plan for this child?",
    by_then(k.reviewing_officer) AS "Date of Last IRO Visit / Contact to the Child",
    h.assessed AS "Date of Last Health Assessment",
    h.teeth AS "Date of Last Dental Check",
    greatest(m.placements, 1) AS "Number of Placements in the Last 12 months",
    k.ceased AS "Date Ceased to be Looked After ",
    CASE WHEN k.ceased IS NOT NULL THEN worded_end_of_care(k.reason) END AS "Reason Ceased to be Looked After",
    p.clap_cla_placement_start_date AS "Start Date of Most Recent Placement",
    worded_placement(p.clap_cla_placement_type) AS "Placement Type",
    worded_provider(p.clap_cla_placement_provider) AS "Placement Provider",
    CAST(NULL AS VARCHAR) AS "Placement postcode",
    p.clap_cla_placement_urn AS "URN of Placement",
    CAST(NULL AS VARCHAR) AS "Placement Location",
    CAST(NULL AS VARCHAR) AS "LA of Placement",
    coalesce(g.missing, 0) AS "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
    coalesce(g.away, 0) AS "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
    CASE WHEN g.missing > 0 THEN yes_no_unknown(g.offered) END
        AS "Was the child offered a Return Interview after their last missing episode (Y/N)?",
    CASE WHEN g.missing > 0 THEN yes_no_unknown(g.accepted) END
        AS "Did the child accept a Return Interview after their last missing episode (Y/N)?",
    w.team AS "Allocated Team",
    w.worker AS "Allocated Worker"
FROM the_care AS k
JOIN the_child AS c ON c.id = k.child
LEFT JOIN status AS l ON l.child = k.child
LEFT JOIN placement AS p ON p.clap_cla_id = k.period
LEFT JOIN moves AS m ON m.period = k.period
LEFT JOIN review AS r ON r.period = k.period
LEFT JOIN visit AS v ON v.child = k.child AND v.day >= k.started
LEFT JOIN health AS h ON h.child = k.child
LEFT JOIN gone AS g ON g.child = k.child
LEFT JOIN the_worker AS w ON w.child = k.child
WHERE current_or_within(k.started, k.ceased, 6)
QUALIFY row_number() OVER (PARTITION BY k.child ORDER BY k.started DESC, k.period DESC) = 1
ORDER BY k.started, c.id
