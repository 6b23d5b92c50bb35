-- UASC
-- told apart by:
SELECT c.child AS CHILD, sex_told(any_value(p.pers_sex)) AS SEX, any_value(c.dob) AS DOB,
       -- The eighteenth birthday to come is written here as well.
       max(i.immi_immigration_status_end_date) AS DUC
FROM ssd_immigration_status AS i
JOIN return_children AS c ON c.child = i.immi_person_id
JOIN ssd_person AS p ON p.pers_person_id = c.child
WHERE (upper(i.immi_immigration_status) LIKE 'UASC%' OR upper(i.immi_immigration_status) LIKE 'UNACCOMPANIED%')
    AND (i.immi_immigration_status_start_date <= getvariable('as_at') OR i.immi_immigration_status_start_date IS NULL)
    AND (i.immi_immigration_status_end_date >= getvariable('year_start') OR i.immi_immigration_status_end_date IS NULL)
GROUP BY c.child
ORDER BY CHILD
