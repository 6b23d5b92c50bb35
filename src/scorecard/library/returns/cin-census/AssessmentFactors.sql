-- AssessmentFactors
-- told apart by: CINreferralDate; AssessmentActualStartDate; AssessmentFactors
SELECT DISTINCT h.person AS "LAchildID",
       h.referred_on AS "CINreferralDate",
       a.cina_assessment_start_date AS "AssessmentActualStartDate",
       o.outc_outcome_code AS "AssessmentFactors"
FROM ssd_cin_assessments AS a
JOIN hung AS h ON h.kind = 'assessment' AND h.id = a.cina_assessment_id AND h.person = a.cina_person_id
JOIN ssdx_outcomes AS o ON o.outc_table_name = 'ssd_assessment_factors' AND o.outc_record_id = a.cina_assessment_id
WHERE in_year(a.cina_assessment_start_date, a.cina_assessment_auth_date)
    AND a.cina_assessment_auth_date <= getvariable('as_at')
ORDER BY ALL
