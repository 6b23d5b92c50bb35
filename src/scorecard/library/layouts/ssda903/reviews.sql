-- The period of care in which a review was held.
UPDATE ssda903_ssd_cla_reviews AS r
SET clar_cla_id = (
    SELECT arg_max(p.cla_id, p.started) FROM ssda903_periods AS p
    WHERE p.child = r.clar_cla_person_id AND p.started <= TRY_CAST(r.clar_cla_review_date AS DATE)
        AND (p.ended >= TRY_CAST(r.clar_cla_review_date AS DATE) OR p.ended IS NULL)
)
