-- Disability
-- told apart by: Disability
SELECT DISTINCT d.disa_person_id AS "LAchildID", d.disa_disability_code AS "Disability"
FROM ssd_disability AS d
WHERE d.disa_disability_code IS NOT NULL
    AND EXISTS (SELECT 1 FROM in_need AS e WHERE e.cine_person_id = d.disa_person_id)
ORDER BY ALL
