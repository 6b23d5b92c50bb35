-- The period of care in which a review was held; of two that meet on its day the one that begins.
UPDATE ssda903_ssd_cla_reviews AS r
SET clar_cla_id = (
    SELECT arg_max(p.cla_id, p.started) FROM ssda903_periods AS p
    WHERE p.child = r.clar_cla_person_id AND p.started <= TRY_CAST(r.clar_cla_review_date AS DATE)
        AND (p.ended >= TRY_CAST(r.clar_cla_review_date AS DATE) OR p.ended IS NULL)
);

CREATE OR REPLACE TEMP TABLE ssda903_reviews_outside AS
SELECT label, _row FROM ssda903_ssd_cla_reviews
WHERE clar_cla_id IS NULL AND TRY_CAST(clar_cla_review_date AS DATE) IS NOT NULL;

DELETE FROM ssda903_ssd_cla_reviews WHERE (label, _row) IN (FROM ssda903_reviews_outside)
