-- List 3: Referral
-- told apart by: Date of referral
-- Referrals received in the last six months. The number is of those in the twelve months before the child's latest one.
WITH latest AS (
    SELECT cine_person_id AS child, max(cine_referral_date) AS day
    FROM ssd_cin_episodes
    WHERE cine_referral_date <= as_at()
    GROUP BY cine_person_id
),
counted AS (
    SELECT n.child, count(r.cine_referral_id) AS before
    FROM latest AS n
    LEFT JOIN ssd_cin_episodes AS r
        ON r.cine_person_id = n.child AND r.cine_referral_date >= n.day - to_months(12) AND r.cine_referral_date < n.day
    GROUP BY n.child
)
SELECT
    c.id AS "Child Unique ID",
    c.gender AS "Gender",
    c.ethnicity AS "Ethnicity",
    c.born AS "Date of Birth",
    c.age AS "Age of Child (Years)",
    r.cine_referral_date AS "Date of referral",
    worded_source(r.cine_referral_source_code) AS "Referral Source",
    yes_no(r.cine_referral_nfa) AS "Referral NFA?",
    n.before AS "Number of Referrals in Last 12 Months",
    t.dept_team_name AS "Allocated Team",
    r.cine_referral_worker_id AS "Allocated Worker"
FROM ssd_cin_episodes AS r
JOIN the_child AS c ON c.id = r.cine_person_id
JOIN counted AS n ON n.child = r.cine_person_id
LEFT JOIN ssd_department AS t ON t.dept_team_id = r.cine_referral_team
WHERE within(r.cine_referral_date, 6)
ORDER BY r.cine_referral_date, c.id, r.cine_referral_id
