-- CINdetails
-- told apart by: CINreferralDate
SELECT e.cine_person_id AS "LAchildID",
       e.cine_referral_date AS "CINreferralDate",
       e.cine_referral_source_code AS "ReferralSource",
       e.cine_cin_primary_need_code AS "PrimaryNeedCode",
       by_then(e.cine_close_date) AS "CINclosureDate",
       CASE WHEN e.cine_close_date <= getvariable('as_at') THEN e.cine_close_reason END AS "ReasonForClosure",
       (SELECT min(c.held_on)
        FROM conferences AS c
        JOIN hung AS h ON h.kind = 'conference' AND h.id = c.id AND h.person = c.person
        WHERE c.enquiry IS NULL
            AND c.held_on >= getvariable('year_start')
            AND h.referral = e.cine_referral_id
            AND h.person = e.cine_person_id) AS "DateOfInitialCPC",
       as_boolean(coalesce(e.cine_referral_nfa, 'N')) AS "ReferralNFA"
FROM in_need AS e
ORDER BY "LAchildID", "CINreferralDate", e.cine_referral_id
