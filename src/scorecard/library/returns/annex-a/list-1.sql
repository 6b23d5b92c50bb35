-- List 1: Contacts
-- told apart by: Date of Contact; Contact Source
-- Contacts received in the last six months, a row for each child.
SELECT
    c.id AS "Child Unique ID",
    c.gender AS "Gender",
    c.ethnicity AS "Ethnicity",
    c.born AS "Date of Birth",
    c.age AS "Age of Child (Years)",
    k.cont_contact_date AS "Date of Contact",
    worded_source(k.cont_contact_source_code) AS "Contact Source"
FROM ssd_contacts AS k
JOIN the_child AS c ON c.id = k.cont_person_id
WHERE within(k.cont_contact_date, 6)
ORDER BY k.cont_contact_date, c.id, k.cont_contact_id
