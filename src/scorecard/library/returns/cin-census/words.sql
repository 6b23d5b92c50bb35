-- What the queries of the children in need census share: the year, and the episode each record hangs on.
CREATE OR REPLACE TEMP MACRO by_then(day) AS CASE WHEN day <= getvariable('as_at') THEN day END;

CREATE OR REPLACE TEMP MACRO in_year(begun, ended) AS
    begun <= getvariable('as_at') AND (ended IS NULL OR ended >= getvariable('year_start'));

CREATE OR REPLACE TEMP MACRO as_boolean(flag) AS CASE flag WHEN 'Y' THEN 'true' WHEN 'N' THEN 'false' END;

-- Children in need at any time of the year: the census holds nothing of other episodes.
CREATE OR REPLACE TEMP VIEW in_need AS
SELECT *
FROM ssd_cin_episodes
WHERE cine_person_id IS NOT NULL AND in_year(cine_referral_date, cine_close_date);

CREATE OR REPLACE TEMP VIEW recorded AS
SELECT 'assessment' AS kind, cina_assessment_id AS id, cina_person_id AS person, cina_referral_id AS referral,
       cina_assessment_start_date AS begun
FROM ssd_cin_assessments
UNION ALL
SELECT 'plan', cinp_cin_plan_id, cinp_person_id, cinp_referral_id, cinp_cin_plan_start_date
FROM ssd_cin_plans
UNION ALL
SELECT 'enquiry', s47e_s47_enquiry_id, s47e_person_id, s47e_referral_id, s47e_s47_start_date
FROM ssd_s47_enquiry
UNION ALL
SELECT 'conference', icpc_icpc_id, icpc_person_id, icpc_referral_id, icpc_icpc_date
FROM ssd_initial_cp_conference
UNION ALL
SELECT 'protection', cppl_cp_plan_id, cppl_person_id, cppl_referral_id, cppl_cp_plan_start_date
FROM ssd_cp_plans
UNION ALL
SELECT 'proceedings', prep_table_id, prep_person_id, NULL, prep_pre_pro_decision_date
FROM ssd_pre_proceedings;

-- The episode a record names, otherwise the child's latest that had begun by then.
CREATE OR REPLACE TEMP VIEW hung AS
SELECT o.kind, o.id, o.person, e.cine_referral_id AS referral, e.cine_referral_date AS referred_on
FROM (
    SELECT r.kind, r.id, r.person, coalesce(named.cine_referral_id, latest.cine_referral_id) AS referral
    FROM recorded AS r
    LEFT JOIN ssd_cin_episodes AS named ON named.cine_referral_id = r.referral AND named.cine_person_id = r.person
    ASOF LEFT JOIN ssd_cin_episodes AS latest
        ON latest.cine_person_id = r.person AND r.begun >= latest.cine_referral_date
) AS o
JOIN in_need AS e ON e.cine_referral_id = o.referral AND e.cine_person_id = o.person;

-- The conference of each enquiry; one without an enquiry stands with the episode itself.
CREATE OR REPLACE TEMP VIEW conferences AS
SELECT i.icpc_icpc_id AS id, i.icpc_person_id AS person, s.s47e_s47_enquiry_id AS enquiry,
       i.icpc_icpc_target_date AS target, by_then(i.icpc_icpc_date) AS held_on
FROM ssd_initial_cp_conference AS i
LEFT JOIN ssd_s47_enquiry AS s ON s.s47e_s47_enquiry_id = i.icpc_s47_enquiry_id AND s.s47e_person_id = i.icpc_person_id;
