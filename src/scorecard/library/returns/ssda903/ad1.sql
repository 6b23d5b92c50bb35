-- AD1
-- told apart by:
SELECT e.child AS CHILD, c.dob AS DOB, p.perm_adm_decision_date AS DATE_INT, p.perm_matched_date AS DATE_MATCH,
       one_or_nought(coalesce(p.perm_adopted_by_carer_flag, a.adop_adopted_by_foster_carer_flag)) AS FOSTER_CARE,
       p.perm_number_of_adopters AS NB_ADOPTR, p.perm_adopter_sex AS SEX_ADOPTR, p.perm_adopter_legal_status AS LS_ADOPTR
FROM return_episodes AS e
JOIN return_children AS c USING (child)
LEFT JOIN ssd_permanence AS p
    ON p.perm_person_id = e.child AND (p.perm_cla_id = e.period OR p.perm_cla_id IS NULL)
LEFT JOIN ssdx_adoption_details AS a ON a.adop_person_id = e.child AND a.adop_cla_id = e.period
WHERE e.rec IN ('E11', 'E12')
QUALIFY row_number() OVER (PARTITION BY e.child ORDER BY p.perm_adm_decision_date DESC NULLS LAST) = 1
ORDER BY CHILD
