-- OC2
-- told apart by:
-- Asked of children who have been looked after for twelve months without a break, respite apart.
WITH of_a_year AS (
    SELECT e.clae_person_id AS child, c.dob
    FROM ssd_cla_episodes AS e
    JOIN return_children AS c ON c.child = e.clae_person_id
    GROUP BY e.clae_cla_id, e.clae_person_id, c.dob
    HAVING min(e.clae_cla_episode_start_date) <= getvariable('as_at') - INTERVAL 1 YEAR
        AND bool_or(e.clae_cla_episode_ceased_date IS NULL OR e.clae_cla_episode_ceased_date > getvariable('as_at'))
        AND max_by(e.clae_person_id IN (
            SELECT r.child FROM return_episodes AS r WHERE r.status IN ('V3', 'V4') AND r.dec IS NULL
        ), e.clae_cla_episode_start_date) = false
),
scored AS (
    SELECT csdq_person_id AS child, arg_max(coalesce(CAST(csdq_sdq_score AS VARCHAR), ''), csdq_sdq_completed_date) AS score,
           arg_max(coalesce(csdq_sdq_reason, ''), csdq_sdq_completed_date) AS reason
    FROM ssd_sdq_scores
    WHERE in_year(csdq_sdq_completed_date)
    GROUP BY csdq_person_id
),
checked AS (
    SELECT clah_person_id AS child, lower(clah_health_check_type) AS kind
    FROM ssd_cla_health
    WHERE in_year(clah_health_check_date) AND NOT regexp_matches(lower(clah_health_check_status), 'refused|cancel|planned')
),
misused AS (
    SELECT clas_person_id AS child, max(clas_intervention_received) AS received
    FROM ssd_cla_substance_misuse
    WHERE in_year(clas_substance_misuse_date)
    GROUP BY clas_person_id
)
SELECT a.child AS CHILD, a.dob AS DOB, nullif(s.score, '') AS SDQ_SCORE, nullif(s.reason, '') AS SDQ_REASON,
       CASE WHEN a.child IN (SELECT clac_person_id FROM ssd_cla_convictions WHERE in_year(clac_cla_conviction_date))
            THEN '1' ELSE '0' END AS CONVICTED,
       CASE WHEN date_diff('month', a.dob, getvariable('as_at')) >= 60 THEN NULL
            WHEN a.child IN (SELECT child FROM checked WHERE kind LIKE '%develop%') THEN '1' ELSE '0' END AS HEALTH_CHECK,
       one_or_nought(i.clai_immunisations_status) AS IMMUNISATIONS,
       CASE WHEN a.child IN (SELECT child FROM checked WHERE regexp_matches(kind, 'dent|teeth'))
            THEN '1' ELSE '0' END AS TEETH_CHECK,
       CASE WHEN a.child IN (SELECT child FROM checked WHERE kind LIKE '%health%') THEN '1' ELSE '0' END AS HEALTH_ASSESSMENT,
       CASE WHEN m.child IS NULL THEN '0' ELSE '1' END AS SUBSTANCE_MISUSE,
       one_or_nought(m.received) AS INTERVENTION_RECEIVED, NULL AS INTERVENTION_OFFERED
FROM of_a_year AS a
LEFT JOIN scored AS s USING (child)
LEFT JOIN misused AS m USING (child)
LEFT JOIN ssd_cla_immunisations AS i ON i.clai_person_id = a.child
ORDER BY CHILD
