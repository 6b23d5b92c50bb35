-- List 11: Adopters
-- told apart by:
-- The contract keeps no adopters, only the children placed with them: the list is written with its headers and no row.
SELECT
    CAST(NULL AS VARCHAR) AS "Individual adopter identifier",
    CAST(NULL AS VARCHAR) AS "Family identifier",
    CAST(NULL AS VARCHAR) AS "Gender",
    CAST(NULL AS VARCHAR) AS "Ethnicity",
    CAST(NULL AS VARCHAR) AS "Disability",
    CAST(NULL AS VARCHAR) AS "Is the (prospective) adopter fostering for adoption?",
    CAST(NULL AS DATE) AS "Date enquiry received",
    CAST(NULL AS DATE) AS "Date Stage 1 started",
    CAST(NULL AS DATE) AS "Date Stage 1 ended",
    CAST(NULL AS DATE) AS "Date Stage 2 started",
    CAST(NULL AS DATE) AS "Date Stage 2 ended",
    CAST(NULL AS DATE) AS "Date application submitted",
    CAST(NULL AS DATE) AS "Date application approved",
    CAST(NULL AS DATE) AS "Date adopter matched with child(ren)",
    CAST(NULL AS DATE) AS "Date child/children placed with adopter(s)",
    CAST(NULL AS INTEGER) AS "No. of children placed",
    CAST(NULL AS DATE) AS "Date of Adoption Order",
    CAST(NULL AS DATE) AS "Date of leaving adoption process",
    CAST(NULL AS VARCHAR) AS "Reason for leaving adoption process"
WHERE false
