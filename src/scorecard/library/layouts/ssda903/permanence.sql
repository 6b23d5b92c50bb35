-- One row for a child's way to permanence in one period of care: the order (Episodes), the decision (PlacedAdoption, AD1),
-- the match and the adopters (AD1), the days of the placement order and of moving in (legal status, placement).
-- A decision that was reversed keeps a row of its own. Changes `ssda903_ssd_permanence`, makes `ssda903_adoption_details`.
CREATE OR REPLACE TEMP TABLE ssda903_steps AS
WITH said AS (
    SELECT * EXCLUDE (perm_cla_id), TRY_CAST(perm_adm_decision_date AS DATE) AS decided,
           TRY_CAST(perm_decision_reversed_date AS DATE) AS reversed,
           coalesce(TRY_CAST(perm_permanence_order_date AS DATE), TRY_CAST(perm_matched_date AS DATE),
                    TRY_CAST(perm_adm_decision_date AS DATE)) AS at_day
    FROM ssda903_ssd_permanence
)
SELECT s.*, p.cla_id, p.started, p.placement_order, p.with_carer_since
FROM said AS s
LEFT JOIN ssda903_periods AS p
    ON p.child = s.perm_person_id AND p.started <= s.at_day AND (p.ended >= s.at_day OR p.ended IS NULL)
QUALIFY row_number() OVER (PARTITION BY s.label, s._row ORDER BY p.started DESC NULLS LAST) = 1;

CREATE OR REPLACE TEMP TABLE ssda903_ways AS
WITH ways AS (
    SELECT perm_person_id AS child, coalesce(cla_id, perm_person_id) AS way, reversed, any_value(cla_id) AS cla_id,
           any_value(placement_order) AS placement_order, any_value(with_carer_since) AS with_carer_since,
           max(decided) AS decided,
           max(perm_matched_date) AS matched, max(perm_adopted_by_carer_flag) AS by_carer,
           max(perm_number_of_adopters) AS adopters, max(perm_adopter_sex) AS sexes, max(perm_adopter_legal_status) AS tie,
           max(perm_decision_reversed_reason) AS why_reversed, max(perm_permanence_order_date) AS ordered,
           max(perm_permanence_order_type) AS sort, min((label, _row)) AS stands
    FROM ssda903_steps
    GROUP BY ALL
),
since AS (
    SELECT *, max(reversed) OVER (PARTITION BY child, way ORDER BY reversed NULLS LAST
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reversed_before
    FROM ways
)
SELECT s.*, (
    SELECT min(h.decom) FROM ssda903_history AS h
    WHERE h.cla_id = s.cla_id AND h.place IN ('A3', 'A4', 'A5', 'A6')
        AND (h.decom >= s.reversed_before OR s.reversed_before IS NULL) AND (h.decom <= s.reversed OR s.reversed IS NULL)
) AS moved_in
FROM since AS s;

DELETE FROM ssda903_ssd_permanence WHERE (label, _row) NOT IN (SELECT stands FROM ssda903_ways);

UPDATE ssda903_ssd_permanence AS p
SET perm_table_id = w.way || coalesce('/' || CAST(w.reversed AS VARCHAR), ''),
    perm_cla_id = w.cla_id,
    perm_adm_decision_date = CAST(w.decided AS VARCHAR),
    perm_placement_order_date = CASE WHEN w.reversed IS NULL THEN CAST(w.placement_order AS VARCHAR) END,
    perm_placed_for_adoption_date = CAST(w.moved_in AS VARCHAR),
    perm_matched_date = w.matched,
    perm_adopted_by_carer_flag = w.by_carer,
    -- The carers with whom the child lived when the order was made are those who adopted.
    perm_placed_foster_carer_date =
        CASE WHEN w.by_carer IN ('1', 'Y') AND w.sort = 'Adoption' THEN CAST(w.with_carer_since AS VARCHAR) END,
    perm_number_of_adopters = w.adopters, perm_adopter_sex = w.sexes, perm_adopter_legal_status = w.tie,
    perm_decision_reversed_reason = w.why_reversed,
    perm_permanence_order_date = w.ordered, perm_permanence_order_type = w.sort
FROM ssda903_ways AS w
WHERE w.stands = (p.label, p._row);

CREATE OR REPLACE TEMP TABLE ssda903_ssdx_adoption_details AS
SELECT n, label, _row, file, perm_person_id AS adop_person_id, perm_cla_id AS adop_cla_id,
       perm_adopted_by_carer_flag AS adop_adopted_by_foster_carer_flag,
       perm_placed_foster_carer_date AS adop_first_placed_with_carer_date
FROM ssda903_ssd_permanence
WHERE perm_adopted_by_carer_flag IS NOT NULL AND perm_cla_id IS NOT NULL
