-- CINPlanDates
-- told apart by: CINreferralDate; CINPlanStartDate
SELECT h.person AS "LAchildID",
       h.referred_on AS "CINreferralDate",
       n.cinp_cin_plan_start_date AS "CINPlanStartDate",
       by_then(n.cinp_cin_plan_end_date) AS "CINPlanEndDate"
FROM ssd_cin_plans AS n
JOIN hung AS h ON h.kind = 'plan' AND h.id = n.cinp_cin_plan_id AND h.person = n.cinp_person_id
WHERE in_year(n.cinp_cin_plan_start_date, n.cinp_cin_plan_end_date)
ORDER BY ALL
