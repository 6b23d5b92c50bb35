-- PrevPerm
-- told apart by:
SELECT c.child AS CHILD, c.dob AS DOB, p.lapp_previous_permanence_option AS PREV_PERM,
       p.lapp_previous_permanence_la AS LA_PERM, p.lapp_previous_permanence_order_date AS DATE_PERM
FROM ssd_cla_previous_permanence AS p
JOIN return_children AS c ON c.child = p.lapp_person_id
WHERE c.child IN (SELECT child FROM return_episodes WHERE rne = 'S' AND in_year(decom))
ORDER BY CHILD
