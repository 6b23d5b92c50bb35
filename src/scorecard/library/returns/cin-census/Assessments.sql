-- Assessments
-- told apart by: CINreferralDate; AssessmentActualStartDate
SELECT h.person AS "LAchildID",
       h.referred_on AS "CINreferralDate",
       a.cina_assessment_start_date AS "AssessmentActualStartDate",
       by_then(a.cina_assessment_auth_date) AS "AssessmentAuthorisationDate"
FROM ssd_cin_assessments AS a
JOIN hung AS h ON h.kind = 'assessment' AND h.id = a.cina_assessment_id AND h.person = a.cina_person_id
WHERE in_year(a.cina_assessment_start_date, a.cina_assessment_auth_date)
ORDER BY ALL
