-- What a history of episodes implies: periods of care, placements and legal statuses that run over several episodes.
-- Reads `ssda903_ssd_cla_episodes`, `…_cla_placement` and `…_legal_status`, a row of each for an episode; makes
-- `ssda903_history` (an episode with the period, placement, carer and legal status it belongs to) and `ssda903_periods`.

CREATE OR REPLACE TEMP TABLE ssda903_history AS
WITH said AS (
    SELECT e.label, e._row, e.clae_person_id AS child, TRY_CAST(e.clae_cla_episode_start_date AS DATE) AS decom,
           TRY_CAST(e.clae_cla_episode_ceased_date AS DATE) AS dec, e.clae_cla_episode_start_reason AS rne,
           e.clae_cla_episode_ceased_reason AS rec, l.lega_legal_status AS ls, p.clap_cla_placement_type AS place,
           p.clap_cla_placement_provider AS provider, p.clap_cla_placement_urn AS urn,
           p.clap_cla_placement_change_reason AS why_moved
    FROM ssda903_ssd_cla_episodes AS e
    LEFT JOIN ssda903_ssd_cla_placement AS p USING (label, _row)
    LEFT JOIN ssda903_ssd_legal_status AS l USING (label, _row)
    WHERE e.clae_person_id IS NOT NULL AND TRY_CAST(e.clae_cla_episode_start_date AS DATE) IS NOT NULL
),
linked AS (
    SELECT *, row_number() OVER so AS place_in_life, lag(dec) OVER so AS before_dec, lag(rec) OVER so AS before_rec,
           lag(ls) OVER so AS before_ls, lag(place) OVER so AS before_place, lag(provider) OVER so AS before_provider,
           lag(urn) OVER so AS before_urn
    FROM said
    WINDOW so AS (PARTITION BY child ORDER BY decom, dec NULLS LAST, label, _row)
),
-- A period of care goes on until an end that is not X1, or until the child starts to be looked after anew.
joined AS (
    SELECT *, coalesce(before_dec = decom, false) AS follows,
           place_in_life = 1 OR coalesce(before_rec <> 'X1', false)
               OR coalesce(before_rec IS NULL AND before_dec < decom, false)
               OR coalesce(rne = 'S' AND NOT coalesce(before_rec = 'X1' AND before_dec = decom, false), false) AS new_period
    FROM linked
),
-- Only L leaves a child in the same placement; where it is not said, what is said of the placement must be the same.
moved AS (
    SELECT *, new_period OR NOT follows OR ls IS DISTINCT FROM before_ls AS new_status,
           new_period OR NOT follows OR coalesce(rne IN ('S', 'P', 'T', 'B', 'U'), false)
               OR place IS DISTINCT FROM before_place OR provider IS DISTINCT FROM before_provider
               OR coalesce(urn <> before_urn, false) AS new_placement
    FROM joined
),
numbered AS (
    SELECT *, count_if(new_period) OVER so AS period, count_if(new_placement) OVER so AS placement,
           count_if(new_status) OVER so AS status,
           count_if(new_placement AND NOT coalesce(rne IN ('T', 'U'), false)) OVER so AS carer
    FROM moved
    WINDOW so AS (PARTITION BY child ORDER BY place_in_life)
)
SELECT label, _row, child, decom, dec, rec, ls, place, new_placement, new_status,
       child || '/' || CAST(min(decom) OVER in_period AS VARCHAR) AS cla_id,
       min(decom) OVER in_period AS period_start,
       CASE WHEN first(rne) OVER (in_period ORDER BY place_in_life) = 'S' THEN min(decom) OVER in_period END AS entered,
       min(decom) OVER (PARTITION BY child, carer) AS with_carer_since,
       child || '/' || CAST(min(decom) OVER in_placement AS VARCHAR) AS placement_id,
       last(dec) OVER (in_placement ORDER BY place_in_life ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
           AS placement_end,
       last(why_moved) OVER (in_placement ORDER BY place_in_life ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
           AS placement_why,
       max(urn) OVER in_placement AS placement_urn,
       last(dec) OVER (PARTITION BY child, status ORDER BY place_in_life
                       ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS status_end
FROM numbered
WINDOW in_period AS (PARTITION BY child, period), in_placement AS (PARTITION BY child, placement);

CREATE OR REPLACE TEMP TABLE ssda903_periods AS
SELECT cla_id, any_value(child) AS child, any_value(period_start) AS started, arg_max(rec, decom) AS rec,
       CASE WHEN bool_and(dec IS NOT NULL) THEN max(dec) END AS ended,
       min(decom) FILTER (WHERE ls = 'E1') AS placement_order,
       arg_max(with_carer_since, decom) AS with_carer_since
FROM ssda903_history
GROUP BY cla_id;

UPDATE ssda903_ssd_cla_episodes AS e
SET clae_cla_id = h.cla_id, clae_entered_care_date = CAST(h.entered AS VARCHAR), clae_cla_placement_id = h.placement_id
FROM ssda903_history AS h
WHERE h.label = e.label AND h._row = e._row;

DELETE FROM ssda903_ssd_cla_placement AS p
USING ssda903_history AS h
WHERE h.label = p.label AND h._row = p._row AND NOT h.new_placement;

UPDATE ssda903_ssd_cla_placement AS p
SET clap_cla_id = h.cla_id, clap_cla_placement_id = h.placement_id, clap_cla_placement_urn = h.placement_urn,
    clap_cla_placement_end_date = CAST(h.placement_end AS VARCHAR), clap_cla_placement_change_reason = h.placement_why
FROM ssda903_history AS h
WHERE h.label = p.label AND h._row = p._row;

DELETE FROM ssda903_ssd_legal_status AS l
USING ssda903_history AS h
WHERE h.label = l.label AND h._row = l._row AND NOT h.new_status;

UPDATE ssda903_ssd_legal_status AS l
SET lega_legal_status_end_date = CAST(h.status_end AS VARCHAR)
FROM ssda903_history AS h
WHERE h.label = l.label AND h._row = l._row
