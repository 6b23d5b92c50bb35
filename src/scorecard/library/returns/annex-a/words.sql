-- What the eleven lists have in common. `as_at` is a variable: the day whose end the lists show.

CREATE OR REPLACE TEMP MACRO as_at() AS getvariable('as_at');
CREATE OR REPLACE TEMP MACRO months_back(months) AS CAST(as_at() - to_months(months) AS DATE);
CREATE OR REPLACE TEMP MACRO by_then(day) AS CASE WHEN day <= as_at() THEN day END;
CREATE OR REPLACE TEMP MACRO within(day, months) AS day BETWEEN months_back(months) AND as_at();
-- Under way at some time in the window: begun by its end, and not ended before it began.
CREATE OR REPLACE TEMP MACRO current_or_within(started, ended, months) AS
    started <= as_at() AND (ended IS NULL OR ended >= months_back(months));
CREATE OR REPLACE TEMP MACRO yes_no(flag) AS MAP {'Y': 'a) Yes', 'N': 'b) No'}[flag];
CREATE OR REPLACE TEMP MACRO yes_no_unknown(flag) AS coalesce(yes_no(flag), 'c) Unknown');
CREATE OR REPLACE TEMP MACRO is_true(found) AS CASE WHEN found THEN 'a) Yes' ELSE 'b) No' END;

-- A child: whose day of birth is only expected is not born yet and has, by the guidance, the age -1.
CREATE OR REPLACE TEMP VIEW the_child AS
SELECT
    p.pers_person_id AS id,
    worded_gender(p.pers_sex) AS gender,
    worded_ethnicity(p.pers_ethnicity) AS ethnicity,
    coalesce(p.pers_dob, p.pers_expected_dob) AS born,
    CASE WHEN by_then(p.pers_dob) IS NOT NULL THEN date_sub('year', p.pers_dob, as_at())
         WHEN coalesce(p.pers_dob, p.pers_expected_dob) IS NOT NULL THEN -1 END AS age,
    CASE WHEN bool_or(d.disa_disability_code <> 'NONE') THEN 'a) Yes'
         WHEN bool_or(d.disa_disability_code = 'NONE') THEN 'b) No'
         ELSE 'c) Unknown' END AS disabled
FROM ssd_person AS p
LEFT JOIN ssd_disability AS d ON d.disa_person_id = p.pers_person_id
GROUP BY ALL;

-- Who works with a child, or did last: the newest involvement of an allocated worker.
CREATE OR REPLACE TEMP VIEW the_worker AS
SELECT i.invo_person_id AS child, i.invo_professional_id AS worker, t.dept_team_name AS team
FROM ssd_involvements AS i
LEFT JOIN ssd_department AS t ON t.dept_team_id = i.invo_professional_team
WHERE i.invo_involvement_start_date <= as_at() AND i.invo_professional_role_id IN ('CW', '16PLUS')
QUALIFY row_number() OVER (
    PARTITION BY i.invo_person_id
    ORDER BY by_then(i.invo_involvement_end_date) DESC NULLS FIRST, i.invo_involvement_start_date DESC,
             i.invo_involvements_id DESC) = 1;

CREATE OR REPLACE TEMP VIEW the_seen AS
SELECT child, max(day) AS day
FROM (
    SELECT cinv_person_id AS child, cinv_cin_visit_date AS day FROM ssd_cin_visits WHERE cinv_cin_visit_seen = 'Y'
    UNION ALL
    SELECT cppv_person_id, cppv_cp_visit_date FROM ssd_cp_visits WHERE cppv_cp_visit_seen = 'Y'
    UNION ALL
    SELECT clav_person_id, clav_cla_visit_date FROM ssd_cla_visits WHERE clav_cla_visit_seen = 'Y')
WHERE day <= as_at()
GROUP BY child;

-- Periods of care, each from its first episode to its last; agreed series of short breaks are none.
CREATE OR REPLACE TEMP VIEW the_care AS
SELECT
    e.clae_person_id AS child,
    e.clae_cla_id AS period,
    min(coalesce(e.clae_entered_care_date, e.clae_cla_episode_start_date)) AS started,
    CASE WHEN bool_and(by_then(e.clae_cla_episode_ceased_date) IS NOT NULL)
         THEN max(e.clae_cla_episode_ceased_date) END AS ceased,
    arg_max(e.clae_cla_episode_ceased_reason, e.clae_cla_episode_start_date) AS reason,
    arg_max(e.clae_cla_primary_need_code, e.clae_cla_episode_start_date) AS need,
    max(e.clae_cla_last_iro_contact_date) AS reviewing_officer
FROM ssd_cla_episodes AS e
WHERE e.clae_cla_episode_start_date <= as_at()
    AND NOT EXISTS (
        SELECT 1
        FROM ssd_legal_status AS l
        WHERE l.lega_person_id = e.clae_person_id AND l.lega_legal_status IN ('V3', 'V4')
            AND l.lega_legal_status_start_date <= e.clae_cla_episode_start_date
            AND coalesce(l.lega_legal_status_end_date, DATE '9999-12-31') > e.clae_cla_episode_start_date)
GROUP BY e.clae_person_id, e.clae_cla_id;
