-- SWEpisodes
-- told apart by: SW_DECOM
SELECT DISTINCT c.child AS CHILD, c.dob AS DOB, i.invo_professional_id AS SW_ID,
       i.invo_involvement_start_date AS SW_DECOM, as_told(i.invo_involvement_end_date) AS SW_DEC,
       CASE WHEN as_told(i.invo_involvement_end_date) IS NOT NULL THEN i.invo_worker_change_reason END AS SW_REASON
FROM ssd_involvements AS i
JOIN return_children AS c ON c.child = i.invo_person_id
JOIN return_episodes AS e
    ON e.child = c.child AND e.decom <= coalesce(i.invo_involvement_end_date, getvariable('as_at'))
    AND (e.dec >= i.invo_involvement_start_date OR e.dec IS NULL)
WHERE i.invo_professional_role_id = 'CW' AND i.invo_involvement_start_date <= getvariable('as_at')
    AND (i.invo_involvement_end_date >= getvariable('year_start') OR i.invo_involvement_end_date IS NULL)
ORDER BY CHILD, SW_DECOM
