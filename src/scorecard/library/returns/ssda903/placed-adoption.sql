-- PlacedAdoption
-- told apart by: DATE_PLACED
SELECT c.child AS CHILD, c.dob AS DOB, p.perm_adm_decision_date AS DATE_PLACED,
       as_told(p.perm_decision_reversed_date) AS DATE_PLACED_CEASED,
       CASE WHEN as_told(p.perm_decision_reversed_date) IS NOT NULL THEN p.perm_decision_reversed_reason END
           AS REASON_PLACED_CEASED
FROM ssd_permanence AS p
JOIN return_children AS c ON c.child = p.perm_person_id
WHERE p.perm_adm_decision_date <= getvariable('as_at')
    AND (p.perm_decision_reversed_date >= getvariable('year_start') OR p.perm_decision_reversed_date IS NULL)
ORDER BY CHILD, DATE_PLACED
