-- OC3
-- told apart by:
SELECT child AS CHILD, dob AS DOB, in_touch AS IN_TOUCH, activity AS ACTIV, accommodation AS ACCOM
FROM return_leavers
ORDER BY CHILD
