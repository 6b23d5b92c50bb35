-- Episodes
-- told apart by: DECOM
SELECT child AS CHILD, decom AS DECOM, rne AS RNE, status AS LS, need AS CIN, type AS PLACE,
       provider AS PLACE_PROVIDER, dec AS DEC, rec AS REC, why_moved AS REASON_PLACE_CHANGE,
       NULL AS HOME_POST, NULL AS PL_POST, urn AS URN
FROM return_episodes
ORDER BY CHILD, DECOM, DEC
