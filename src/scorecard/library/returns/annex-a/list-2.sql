-- List 2: Early Help
-- told apart by: Assessment start date
-- Early help assessments under way in the last six months, a row for each child.
SELECT
    c.id AS "Child Unique ID",
    c.gender AS "Gender",
    c.ethnicity AS "Ethnicity",
    c.born AS "Date of Birth",
    c.age AS "Age of Child (Years)",
    e.ehas_start_date AS "Assessment start date",
    by_then(e.ehas_end_date) AS "Assessment completion date",
    e.ehas_lead_organisation AS "Organisation completing assessment"
FROM ssdx_early_help_assessments AS e
JOIN the_child AS c ON c.id = e.ehas_person_id
WHERE current_or_within(e.ehas_start_date, e.ehas_end_date, 6)
ORDER BY e.ehas_start_date, c.id, e.ehas_assessment_id
