-- PreProceedingsandFGDM
-- told apart by: CINreferralDate; PPStartDate
SELECT h.person AS "LAchildID",
       h.referred_on AS "CINreferralDate",
       p.prep_pre_pro_decision_date AS "PPStartDate",
       by_then(p.prep_pre_pro_letter_date) AS "LBPSentDate",
       by_then(p.prep_initial_pre_pro_meeting_date) AS "InitialPPMeetingDate",
       p.prep_pre_pro_meetings_num AS "ReviewMeetingsCount",
       by_then(p.prep_agree_stepdown_issue_date) AS "StepDecisionDate",
       CASE WHEN p.prep_agree_stepdown_issue_date <= getvariable('as_at') THEN p.prep_pre_pro_outcome END AS "PPOutcome",
       by_then(p.prep_care_pro_letter_date) AS "LetterInitCPDate"
FROM ssd_pre_proceedings AS p
JOIN hung AS h ON h.kind = 'proceedings' AND h.id = p.prep_table_id AND h.person = p.prep_person_id
WHERE in_year(p.prep_pre_pro_decision_date, p.prep_agree_stepdown_issue_date)
ORDER BY ALL
