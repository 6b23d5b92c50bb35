-- CPPreviewDate
-- told apart by: CINreferralDate; CPPstartDate; CPPreviewDate
SELECT DISTINCT h.person AS "LAchildID",
       h.referred_on AS "CINreferralDate",
       p.cppl_cp_plan_start_date AS "CPPstartDate",
       r.cppr_cp_review_date AS "CPPreviewDate"
FROM ssd_cp_reviews AS r
JOIN ssd_cp_plans AS p
    ON p.cppl_cp_plan_id = r.cppr_cp_plan_id AND (p.cppl_person_id = r.cppr_person_id OR r.cppr_person_id IS NULL)
JOIN hung AS h ON h.kind = 'protection' AND h.id = p.cppl_cp_plan_id AND h.person = p.cppl_person_id
WHERE in_year(p.cppl_cp_plan_start_date, p.cppl_cp_plan_end_date)
    AND coalesce(p.cppl_cp_plan_ola, 'N') <> 'Y'
    AND r.cppr_cp_review_date BETWEEN getvariable('year_start') AND getvariable('as_at')
ORDER BY ALL
