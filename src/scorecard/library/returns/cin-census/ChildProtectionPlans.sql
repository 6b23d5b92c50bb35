-- ChildProtectionPlans
-- told apart by: CINreferralDate; CPPstartDate
SELECT h.person AS "LAchildID",
       h.referred_on AS "CINreferralDate",
       p.cppl_cp_plan_start_date AS "CPPstartDate",
       by_then(p.cppl_cp_plan_end_date) AS "CPPendDate",
       p.cppl_cp_plan_initial_category AS "InitialCategoryOfAbuse",
       p.cppl_cp_plan_latest_category AS "LatestCategoryOfAbuse",
       (SELECT count(*)
        FROM ssd_cp_plans AS o
        WHERE o.cppl_person_id = p.cppl_person_id
            AND o.cppl_cp_plan_start_date < p.cppl_cp_plan_start_date
            AND coalesce(o.cppl_cp_plan_ola, 'N') <> 'Y') AS "NumberOfPreviousCPP"
FROM ssd_cp_plans AS p
JOIN hung AS h ON h.kind = 'protection' AND h.id = p.cppl_cp_plan_id AND h.person = p.cppl_person_id
WHERE in_year(p.cppl_cp_plan_start_date, p.cppl_cp_plan_end_date) AND coalesce(p.cppl_cp_plan_ola, 'N') <> 'Y'
ORDER BY ALL
