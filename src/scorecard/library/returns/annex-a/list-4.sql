-- List 4: Assessments
-- told apart by: Continuous Assessment Start Date
-- Statutory assessments authorised in the last six months, and those still open.
SELECT
    c.id AS "Child Unique ID",
    c.gender AS "Gender",
    c.ethnicity AS "Ethnicity",
    c.born AS "Date of Birth",
    c.age AS "Age of Child (Years)",
    c.disabled AS "Does the Child have a Disability",
    a.cina_assessment_start_date AS "Continuous Assessment Start Date",
    yes_no_unknown(a.cina_assessment_child_seen) AS "Child Seen During Continuous Assessment",
    by_then(a.cina_assessment_auth_date) AS "Continuous Assessment Date of Authorisation",
    CASE WHEN by_then(a.cina_assessment_auth_date) IS NOT NULL
         THEN MAP {'Y': 'b) No', 'N': 'a) Yes'}[a.cina_assessment_outcome_nfa] END
        AS "Was the child assessed as requiring LA children’s social care support",
    t.dept_team_name AS "Allocated Team",
    a.cina_assessment_worker_id AS "Allocated Worker"
FROM ssd_cin_assessments AS a
JOIN the_child AS c ON c.id = a.cina_person_id
LEFT JOIN ssd_department AS t ON t.dept_team_id = a.cina_assessment_team
WHERE current_or_within(a.cina_assessment_start_date, a.cina_assessment_auth_date, 6)
ORDER BY a.cina_assessment_start_date, c.id, a.cina_assessment_id
