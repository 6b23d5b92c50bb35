-- Reviews
-- told apart by: REVIEW
SELECT DISTINCT c.child AS CHILD, c.dob AS DOB, r.clar_cla_review_date AS REVIEW,
       r.clar_cla_review_participation AS REVIEW_CODE
FROM ssd_cla_reviews AS r
LEFT JOIN (SELECT DISTINCT clae_cla_id, clae_person_id FROM ssd_cla_episodes) AS e ON e.clae_cla_id = r.clar_cla_id
JOIN return_children AS c ON c.child = coalesce(e.clae_person_id, r.clar_cla_person_id)
WHERE in_year(r.clar_cla_review_date) AND r.clar_cla_review_cancelled IS DISTINCT FROM 'Y'
ORDER BY CHILD, REVIEW
