-- Missing
-- told apart by: MIS_START
SELECT c.child AS CHILD, c.dob AS DOB, m.miss_missing_episode_type AS MISSING,
       m.miss_missing_episode_start_date AS MIS_START, as_told(m.miss_missing_episode_end_date) AS MIS_END
FROM ssd_missing AS m
JOIN return_children AS c ON c.child = m.miss_person_id
WHERE m.miss_missing_episode_start_date <= getvariable('as_at')
    AND (m.miss_missing_episode_end_date >= getvariable('year_start') OR m.miss_missing_episode_end_date IS NULL)
ORDER BY CHILD, MIS_START
