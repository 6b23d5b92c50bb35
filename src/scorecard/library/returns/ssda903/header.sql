-- Header
-- told apart by:
SELECT p.pers_person_id AS CHILD, sex_told(p.pers_sex) AS SEX, p.pers_dob AS DOB, p.pers_ethnicity AS ETHNIC,
       NULL AS UPN, CASE WHEN p.pers_is_mother = 'Y' THEN '1' END AS MOTHER,
       (SELECT max(m.moth_childs_dob) FROM ssd_mother AS m WHERE m.moth_person_id = p.pers_person_id) AS MC_DOB
FROM ssd_person AS p
WHERE p.pers_person_id IN (SELECT child FROM return_children UNION SELECT child FROM return_leavers)
ORDER BY CHILD
