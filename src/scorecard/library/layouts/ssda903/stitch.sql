-- The episodes of several years' returns as one history.
-- Reads `ssda903_rows` (file, _row, and the columns of Episodes as they arrived, days as written ISO days);
-- makes `ssda903_settled`: for every row what is to become of it (`mend`, NULL where it stays as it is), its end and why.

CREATE OR REPLACE TEMP TABLE ssda903_settled AS
WITH said AS (
    SELECT file, _row, CHILD AS child, TRY_CAST(DECOM AS DATE) AS decom, TRY_CAST(DEC AS DATE) AS dec, RNE AS rne,
           REC AS rec, coalesce(TRY_CAST(YEAR AS INTEGER), 0) AS year,
           [RNE, LS, PLACE, PLACE_PROVIDER] AS what
    FROM ssda903_rows
    WHERE CHILD IS NOT NULL AND TRY_CAST(DECOM AS DATE) IS NOT NULL
),
-- The last submission of an episode stands. Of two in one file an episode of no length gives way.
ranked AS (
    SELECT *, row_number() OVER same AS place, first(year) OVER same AS year_kept, first(what) OVER same AS what_kept,
           max(year) OVER () AS newest, max(file) OVER (PARTITION BY child, year) AS last_file
    FROM said
    WINDOW same AS (
        PARTITION BY child, decom
        ORDER BY year DESC, file DESC, coalesce(dec = decom, false), dec DESC NULLS FIRST, _row DESC
    )
),
-- What a later submission of the same year leaves out of a child's history is no more, and an episode that began
-- inside one which a later year's return tells of was told otherwise there.
kept AS (
    SELECT r.*,
           r.file < r.last_file OR EXISTS (
               SELECT 1 FROM ranked AS k
               WHERE k.place = 1 AND k.child = r.child AND k.year > r.year AND k.decom < r.decom
                   AND (k.dec > r.decom OR k.dec IS NULL)
           ) AS retold
    FROM ranked AS r
    WHERE r.place = 1
),
followed AS (
    SELECT *, lead(decom) OVER later AS next_decom, lead(rne) OVER later AS next_rne, lead(year) OVER later AS next_year
    FROM kept
    WHERE NOT retold
    WINDOW later AS (PARTITION BY child ORDER BY decom)
),
judged AS (
    SELECT *, TRY_CAST(CAST(year AS VARCHAR) || '-03-31' AS DATE) AS year_end,
           CASE WHEN dec IS NULL AND year > 0 AND year < newest
                THEN CASE WHEN next_decom IS NULL THEN 'ended_with_year'
                          WHEN next_rne = 'S' THEN 'ended_before_next'
                          ELSE 'ended_by_next' END
                WHEN dec > next_decom AND next_year > year THEN 'cut'
                WHEN rec = 'X1' AND dec < next_decom AND next_rne IS DISTINCT FROM 'S' THEN 'stretched'
                END AS mend
    FROM followed
)
SELECT file, _row, mend,
       CASE mend WHEN 'ended_by_next' THEN next_decom WHEN 'cut' THEN next_decom WHEN 'stretched' THEN next_decom
                 WHEN 'ended_with_year' THEN greatest(year_end, decom)
                 WHEN 'ended_before_next' THEN greatest(least(year_end, next_decom - 1), decom) ELSE dec END AS dec,
       CASE WHEN mend IN ('ended_with_year', 'ended_before_next') THEN 'E8'
            WHEN mend = 'ended_by_next' OR (mend = 'cut' AND next_rne IS DISTINCT FROM 'S') THEN 'X1'
            ELSE rec END AS rec
FROM judged
UNION ALL BY NAME
SELECT file, _row, 'replaced' AS mend FROM kept WHERE retold
UNION ALL BY NAME
SELECT file, _row,
       CASE WHEN what IS DISTINCT FROM what_kept THEN 'replaced' WHEN year = year_kept THEN 'twice' ELSE 'repeat' END AS mend
FROM ranked
WHERE place > 1
