-- Section47
-- told apart by: CINreferralDate; S47ActualStartDate
SELECT h.person AS "LAchildID",
       h.referred_on AS "CINreferralDate",
       s.s47e_s47_start_date AS "S47ActualStartDate",
       min(c.target) AS "InitialCPCtarget",
       min(c.held_on) AS "DateOfInitialCPC",
       as_boolean(CASE WHEN count(c.id) = 0 AND s.s47e_s47_end_date <= getvariable('as_at') THEN 'Y' ELSE 'N' END)
           AS "ICPCnotRequired"
FROM ssd_s47_enquiry AS s
JOIN hung AS h ON h.kind = 'enquiry' AND h.id = s.s47e_s47_enquiry_id AND h.person = s.s47e_person_id
LEFT JOIN conferences AS c ON c.enquiry = s.s47e_s47_enquiry_id AND c.person = s.s47e_person_id
WHERE s.s47e_s47_start_date <= getvariable('as_at')
GROUP BY h.person, h.referred_on, s.s47e_s47_enquiry_id, s.s47e_s47_start_date, s.s47e_s47_end_date
HAVING greatest(s.s47e_s47_start_date, min(c.held_on)) >= getvariable('year_start')
ORDER BY ALL
