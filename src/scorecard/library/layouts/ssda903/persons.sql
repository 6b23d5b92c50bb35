-- Every child once: what the newest Header says, and what older ones and the other lists say where that is silent.
CREATE OR REPLACE TEMP TABLE ssda903_persons AS
SELECT pers_person_id AS child, arg_max(pers_sex, age) AS sex, arg_max(pers_dob, age) AS dob,
       arg_max(pers_ethnicity, age) AS ethnicity, max(pers_is_mother) AS is_mother, arg_max((label, _row), age) AS stands,
       bool_or(in_header) AS in_header, count(DISTINCT pers_dob) > 1 AS births, count(DISTINCT pers_sex) > 1 AS sexes
FROM (
    SELECT *, pers_ethnicity IS NOT NULL OR pers_sex IS NOT NULL AS in_header,
           (pers_ethnicity IS NOT NULL OR pers_sex IS NOT NULL, coalesce(TRY_CAST(year AS INTEGER), 0), file, n) AS age
    FROM ssda903_ssd_person
    WHERE pers_person_id IS NOT NULL
)
GROUP BY pers_person_id;

DELETE FROM ssda903_ssd_person
WHERE pers_person_id IS NOT NULL AND (label, _row) NOT IN (SELECT stands FROM ssda903_persons);

UPDATE ssda903_ssd_person AS p
SET pers_sex = w.sex, pers_dob = w.dob, pers_ethnicity = w.ethnicity, pers_is_mother = w.is_mother
FROM ssda903_persons AS w
WHERE w.stands = (p.label, p._row)
