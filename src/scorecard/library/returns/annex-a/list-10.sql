-- List 10: Adoption
-- told apart by: Date of Decision that Child Should be Placed for Adoption
-- Children who in the last twelve months were adopted, had a decision for adoption that still stands, or had it reversed.
SELECT
    c.id AS "Child Unique ID",
    f.fami_family_id AS "Family identifier",
    c.gender AS "Gender",
    c.ethnicity AS "Ethnicity",
    c.born AS "Date of Birth",
    c.age AS "Age of Child (Years)",
    c.disabled AS "Does the Child have a Disability",
    k.started AS "Date the Child Entered Care",
    by_then(p.perm_adm_decision_date) AS "Date of Decision that Child Should be Placed for Adoption",
    by_then(p.perm_placement_order_date) AS "Date of Placement Order",
    by_then(p.perm_matched_date) AS "Date of Matching Child and Prospective Adopters",
    by_then(p.perm_placed_for_adoption_date) AS "Date Placed for Adoption",
    CASE WHEN p.perm_permanence_order_type ILIKE 'adoption%' THEN by_then(p.perm_permanence_order_date) END
        AS "Date of Adoption Order ",
    by_then(p.perm_decision_reversed_date) AS "Date of Decision that Child Should No Longer be Placed for Adoption",
    worded_reversed(p.perm_decision_reversed_reason) AS "Reason Why Child No Longer Placed for Adoption",
    by_then(p.perm_placed_ffa_cp_date)
        AS "Date the child was placed for fostering in FFA or concurrent planning placement"
FROM ssd_permanence AS p
JOIN the_child AS c ON c.id = p.perm_person_id
LEFT JOIN (SELECT fami_person_id, min(fami_family_id) AS fami_family_id FROM ssd_family GROUP BY fami_person_id) AS f
    ON f.fami_person_id = c.id
LEFT JOIN the_care AS k ON k.child = c.id AND k.period = p.perm_cla_id
WHERE current_or_within(
    p.perm_adm_decision_date, least(p.perm_decision_reversed_date, p.perm_permanence_order_date), 12)
ORDER BY p.perm_adm_decision_date, c.id
