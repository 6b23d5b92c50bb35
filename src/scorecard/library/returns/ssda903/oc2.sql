-- OC2
-- told apart by:
-- Asked of children who have been looked after for twelve months without a break, respite apart.
WITH of_a_year AS (
    SELECT DISTINCT c.child, c.dob
    FROM return_episodes AS e
    JOIN return_children AS c USING (child)
    WHERE e.dec IS NULL AND coalesce(e.status, '') NOT IN ('V3', 'V4')
        AND (SELECT min(f.clae_cla_episode_start_date) FROM ssd_cla_episodes AS f WHERE f.clae_cla_id = e.period)
            <= getvariable('as_at') - INTERVAL 1 YEAR
),
there AS (
    SELECT (SELECT count(*) FROM ssd_cla_convictions) AS convictions, (SELECT count(*) FROM ssd_cla_health) AS checks,
           (SELECT count(*) FROM ssd_cla_substance_misuse) AS misuse
),
scored AS (
    SELECT csdq_person_id AS child, csdq_sdq_score AS score, csdq_sdq_reason AS reason
    FROM ssd_sdq_scores
    WHERE in_year(csdq_sdq_completed_date)
    QUALIFY row_number() OVER (PARTITION BY csdq_person_id ORDER BY csdq_sdq_completed_date DESC, csdq_table_id DESC) = 1
),
checked AS (
    SELECT clah_person_id AS child, lower(clah_health_check_type) AS kind
    FROM ssd_cla_health
    WHERE in_year(clah_health_check_date)
        AND NOT coalesce(regexp_matches(lower(clah_health_check_status), 'refused|cancel|planned'), false)
),
misused AS (
    SELECT clas_person_id AS child, max(clas_intervention_received) AS received
    FROM ssd_cla_substance_misuse
    WHERE in_year(clas_substance_misuse_date)
    GROUP BY clas_person_id
)
SELECT a.child AS CHILD, a.dob AS DOB, s.score AS SDQ_SCORE, s.reason AS SDQ_REASON,
       found_or_not(a.child IN (
           SELECT clac_person_id FROM ssd_cla_convictions WHERE in_year(clac_cla_conviction_date)
       ), t.convictions) AS CONVICTED,
       -- Only of children under five.
       CASE WHEN a.dob + INTERVAL 5 YEAR > getvariable('as_at')
            THEN found_or_not(a.child IN (SELECT child FROM checked WHERE kind LIKE '%develop%'), t.checks)
            END AS HEALTH_CHECK,
       one_or_nought(i.clai_immunisations_status) AS IMMUNISATIONS,
       found_or_not(a.child IN (SELECT child FROM checked WHERE regexp_matches(kind, 'dent|teeth')), t.checks)
           AS TEETH_CHECK,
       found_or_not(a.child IN (SELECT child FROM checked WHERE kind LIKE '%health%'), t.checks) AS HEALTH_ASSESSMENT,
       found_or_not(m.child IS NOT NULL, t.misuse) AS SUBSTANCE_MISUSE,
       one_or_nought(m.received) AS INTERVENTION_RECEIVED, NULL AS INTERVENTION_OFFERED
FROM of_a_year AS a
CROSS JOIN there AS t
LEFT JOIN scored AS s USING (child)
LEFT JOIN misused AS m USING (child)
LEFT JOIN ssd_cla_immunisations AS i ON i.clai_person_id = a.child
ORDER BY CHILD
