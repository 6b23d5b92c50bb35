-- Child
-- told apart by: nothing
SELECT p.pers_person_id AS "LAchildID",
       p.pers_upn_unknown AS "UPNunknown",
       p.pers_dob AS "PersonBirthDate",
       CASE WHEN p.pers_dob IS NULL THEN p.pers_expected_dob END AS "ExpectedPersonBirthDate",
       by_then(p.pers_death_date) AS "PersonDeathDate",
       CASE WHEN getvariable('return_year') <= 2024
            THEN CASE p.pers_sex WHEN 'M' THEN '1' WHEN 'F' THEN '2' ELSE '0' END END AS "GenderCurrent",
       CASE WHEN getvariable('return_year') > 2024 THEN coalesce(p.pers_sex, 'U') END AS "Sex",
       p.pers_ethnicity AS "Ethnicity"
FROM ssd_person AS p
WHERE EXISTS (SELECT 1 FROM in_need AS e WHERE e.cine_person_id = p.pers_person_id)
ORDER BY "LAchildID"
