-- List 5: Section 47 enquiries and Initial Child Protection Conferences
-- told apart by: Strategy discussion initiating Section 47 Enquiry Start Date
-- Enquiries under way in the last six months, each with the first conference that came of it. The numbers are of those
-- in the twelve months before the child's latest enquiry.
WITH conference AS (
    SELECT icpc_s47_enquiry_id AS enquiry, icpc_person_id AS child, icpc_icpc_date AS day,
           icpc_icpc_outcome_cp_flag AS to_plan
    FROM ssd_initial_cp_conference
    WHERE icpc_icpc_date <= as_at()
    QUALIFY row_number() OVER (PARTITION BY icpc_s47_enquiry_id, icpc_person_id ORDER BY icpc_icpc_date, icpc_icpc_id) = 1
),
latest AS (
    SELECT s47e_person_id AS child, max(s47e_s47_start_date) AS day
    FROM ssd_s47_enquiry
    WHERE s47e_s47_start_date <= as_at()
    GROUP BY s47e_person_id
),
counted AS (
    SELECT
        n.child,
        (SELECT count(*) FROM ssd_s47_enquiry AS s
         WHERE s.s47e_person_id = n.child AND s.s47e_s47_start_date >= n.day - to_months(12)
             AND s.s47e_s47_start_date < n.day) AS enquiries,
        (SELECT count(*) FROM ssd_initial_cp_conference AS i
         WHERE i.icpc_person_id = n.child AND i.icpc_icpc_date >= n.day - to_months(12)
             AND i.icpc_icpc_date < n.day) AS conferences
    FROM latest AS n
)
SELECT
    c.id AS "Child Unique ID",
    c.gender AS "Gender",
    c.ethnicity AS "Ethnicity",
    c.born AS "Date of Birth",
    c.age AS "Age of Child (Years)",
    c.disabled AS "Does the Child have a Disability",
    s.s47e_s47_start_date AS "Strategy discussion initiating Section 47 Enquiry Start Date",
    CASE WHEN f.day IS NOT NULL THEN 'b) No'
         WHEN by_then(s.s47e_s47_end_date) IS NOT NULL THEN yes_no(s.s47e_s47_nfa) END
        AS "Was an Initial Child Protection Conference deemed unnecessary?",
    f.day AS "Date of Initial Child Protection Conference",
    yes_no(f.to_plan) AS "Did the Initial Child Protection Conference Result in a Child Protection Plan",
    n.enquiries AS "Number of Section 47 Enquiries in the last 12 months",
    n.conferences AS "Number of ICPCs in the last 12 months",
    t.dept_team_name AS "Allocated Team",
    s.s47e_s47_completed_by_worker_id AS "Allocated Worker"
FROM ssd_s47_enquiry AS s
JOIN the_child AS c ON c.id = s.s47e_person_id
JOIN counted AS n ON n.child = s.s47e_person_id
LEFT JOIN conference AS f ON f.enquiry = s.s47e_s47_enquiry_id AND f.child = s.s47e_person_id
LEFT JOIN ssd_department AS t ON t.dept_team_id = s.s47e_s47_completed_by_team
WHERE current_or_within(s.s47e_s47_start_date, greatest(s.s47e_s47_end_date, f.day), 6)
ORDER BY s.s47e_s47_start_date, c.id, s.s47e_s47_enquiry_id
