-- What the files of the return share: the year, its children, and their episodes.
-- `year_start` is the 1 April of the return's year, `as_at` the last day that is known in it.

CREATE OR REPLACE TEMP MACRO as_told(day) AS CASE WHEN day <= getvariable('as_at') THEN day END;

CREATE OR REPLACE TEMP MACRO in_year(day) AS day BETWEEN getvariable('year_start') AND getvariable('as_at');

CREATE OR REPLACE TEMP MACRO one_or_nought(flag) AS CASE flag WHEN 'Y' THEN '1' WHEN 'N' THEN '0' END;

-- Nothing is said where the table it would be found in was not supplied.
CREATE OR REPLACE TEMP MACRO found_or_not(found, rows_there) AS CASE WHEN found THEN '1' WHEN rows_there > 0 THEN '0' END;

-- 1 and 2 until the return of 2024, then letters.
CREATE OR REPLACE TEMP MACRO sex_told(code) AS
    CASE WHEN getvariable('return_year') >= 2025 THEN code WHEN code = 'M' THEN '1' WHEN code = 'F' THEN '2' END;

-- An episode of the contract may run through a change of legal status or of placement; the return wants a new one.
CREATE OR REPLACE TEMP TABLE return_episodes AS
WITH recorded AS (
    SELECT clae_cla_episode_id AS episode, clae_person_id AS child, clae_cla_id AS period,
           clae_cla_episode_start_date AS started, clae_cla_episode_start_reason AS why_new,
           clae_cla_episode_ceased_date AS ended, clae_cla_episode_ceased_reason AS why_ended,
           clae_cla_primary_need_code AS need, clae_cla_placement_id AS own_placement
    FROM ssd_cla_episodes
    WHERE clae_cla_episode_start_date <= getvariable('as_at')
        AND (clae_cla_episode_ceased_date IS NULL OR clae_cla_episode_ceased_date >= getvariable('year_start'))
),
-- The table also holds statuses of children who are not looked after.
legal AS (
    SELECT lega_person_id AS child, lega_legal_status AS status, lega_legal_status_start_date AS since,
           lega_legal_status_end_date AS until
    FROM ssd_legal_status
    WHERE regexp_full_match(lega_legal_status, 'C[12]|D1|E1|V[234]|[LJ][123]')
),
days AS (
    SELECT episode, started AS day FROM recorded
    UNION
    SELECT r.episode, l.since FROM recorded AS r JOIN legal AS l USING (child)
    WHERE l.since > r.started AND (l.since < r.ended OR r.ended IS NULL) AND l.since <= getvariable('as_at')
    UNION
    SELECT r.episode, p.clap_cla_placement_start_date
    FROM recorded AS r
    JOIN ssd_cla_placement AS p ON p.clap_cla_id = r.period
    WHERE p.clap_cla_placement_start_date > r.started
        AND (p.clap_cla_placement_start_date < r.ended OR r.ended IS NULL)
        AND p.clap_cla_placement_start_date <= getvariable('as_at')
),
placed AS (
    SELECT d.episode, d.day, p.clap_cla_placement_id AS placement
    FROM days AS d
    JOIN recorded AS r USING (episode)
    JOIN ssd_cla_placement AS p ON p.clap_cla_id = r.period AND p.clap_cla_placement_start_date <= d.day
    QUALIFY row_number() OVER (
        PARTITION BY d.episode, d.day
        ORDER BY p.clap_cla_placement_start_date DESC,
                 p.clap_cla_placement_id IS NOT DISTINCT FROM r.own_placement DESC, p.clap_cla_placement_id
    ) = 1
),
under AS (
    SELECT d.episode, d.day, l.status
    FROM days AS d
    JOIN recorded AS r USING (episode)
    JOIN legal AS l ON l.child = r.child AND l.since <= d.day AND (l.until > d.day OR l.until IS NULL)
    QUALIFY row_number() OVER (PARTITION BY d.episode, d.day ORDER BY l.since DESC, l.status) = 1
),
states AS (
    SELECT r.*, d.day, u.status,
           CASE WHEN d.day = r.started THEN coalesce(r.own_placement, p.placement) ELSE p.placement END AS placement
    FROM recorded AS r
    JOIN days AS d USING (episode)
    LEFT JOIN placed AS p USING (episode, day)
    LEFT JOIN under AS u USING (episode, day)
),
changes AS (
    SELECT *, row_number() OVER by_day = 1 AS is_first,
           status IS DISTINCT FROM lag(status) OVER by_day AS new_status,
           placement IS DISTINCT FROM lag(placement) OVER by_day AS new_placement,
           lag(placement) OVER by_day AS left_placement
    FROM states
    WINDOW by_day AS (PARTITION BY episode ORDER BY day)
),
cut AS (
    SELECT c.*, lead(c.day) OVER (PARTITION BY c.episode ORDER BY c.day) AS next_day,
           coalesce(b.clap_cla_placement_change_reason = 'PLACE', false) AS same_carer
    FROM changes AS c
    LEFT JOIN ssd_cla_placement AS b ON b.clap_cla_placement_id = c.left_placement
    WHERE c.is_first OR c.new_status OR c.new_placement
),
whole AS (
    SELECT child, period, day AS decom, status, need, placement,
           CASE WHEN is_first THEN why_new
                WHEN NOT new_placement THEN 'L'
                WHEN new_status THEN CASE WHEN same_carer THEN 'U' ELSE 'B' END
                ELSE CASE WHEN same_carer THEN 'T' ELSE 'P' END END AS rne,
           as_told(coalesce(next_day, ended)) AS dec,
           CASE WHEN as_told(coalesce(next_day, ended)) IS NOT NULL
                THEN CASE WHEN next_day IS NULL THEN why_ended ELSE 'X1' END END AS rec
    FROM cut
),
followed AS (
    SELECT *, lead(placement) OVER (PARTITION BY child ORDER BY decom, dec) AS next_placement FROM whole
)
SELECT f.child, f.period, f.decom, f.rne, f.status, f.need, f.dec, f.rec, f.placement,
       p.clap_cla_placement_type AS type, p.clap_cla_placement_provider AS provider, p.clap_cla_placement_urn AS urn,
       -- A change of placement is explained on the episode that it ends.
       CASE WHEN f.rec = 'X1' AND f.next_placement IS DISTINCT FROM f.placement
            THEN p.clap_cla_placement_change_reason END AS why_moved
FROM followed AS f
LEFT JOIN ssd_cla_placement AS p ON p.clap_cla_placement_id = f.placement
WHERE f.dec IS NULL OR f.dec >= getvariable('year_start');

-- Young people who left care are asked about at the birthdays on which they turn 17 to 21.
CREATE OR REPLACE TEMP TABLE return_leavers AS
WITH born AS (
    SELECT pers_person_id AS child, pers_dob AS dob, unnest(range(17, 22)) AS age FROM ssd_person
    WHERE pers_person_id IN (SELECT clea_person_id FROM ssd_care_leavers)
),
birthdays AS (
    SELECT child, dob, CAST(dob + to_years(CAST(age AS INTEGER)) AS DATE) AS day FROM born
)
SELECT b.child, b.dob, c.clea_care_leaver_in_touch AS in_touch, c.clea_care_leaver_activity AS activity,
       c.clea_care_leaver_accommodation || coalesce(c.clea_care_leaver_accom_suitable, '') AS accommodation
FROM birthdays AS b
JOIN ssd_care_leavers AS c ON c.clea_person_id = b.child
WHERE in_year(b.day)
    AND (c.clea_care_leaver_latest_contact <= getvariable('as_at') OR c.clea_care_leaver_latest_contact IS NULL)
QUALIFY row_number() OVER (
    PARTITION BY b.child
    ORDER BY coalesce(c.clea_care_leaver_latest_contact > b.day + INTERVAL 1 MONTH, false),
             abs(date_diff('day', b.day, c.clea_care_leaver_latest_contact)) NULLS LAST, c.clea_table_id DESC
) = 1;

CREATE OR REPLACE TEMP TABLE return_children AS
SELECT DISTINCT e.child, p.pers_dob AS dob
FROM return_episodes AS e
LEFT JOIN ssd_person AS p ON p.pers_person_id = e.child
