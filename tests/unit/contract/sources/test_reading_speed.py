"""The bench of reading reads what it says it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bench_reading
import duckdb
import pytest

from scorecard.contract.sources.folder import pieces_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("each", bench_reading.FORMATS, ids=lambda each: each.title)
def test_every_row_of_a_measured_file_is_read(tmp_path: Path, each: bench_reading.Format) -> None:
    path = tmp_path / each.file
    each.make(path, 40)
    with duckdb.connect(":memory:") as connection:
        pieces, findings = pieces_of(path, connection)
        longest = 0
        for piece in pieces:
            piece.pour(connection, "poured", {"a": 0}, 1)
            longest = max(longest, *connection.execute("SELECT count(*) FROM poured").fetchone() or ())
            connection.execute("DROP TABLE poured")
    assert longest == 40
    assert {finding.code for finding in findings} <= {"encoding"}


def test_every_format_has_a_line_with_both_speeds_and_their_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_reading.main(["--rows", "40", "--repeat", "1"]) == 0
    _, *lines, matched = capsys.readouterr().out.splitlines()
    assert matched.startswith("Spellings matched to codes: ")
    assert [line.count("MB/s") for line in lines] == [2] * len(bench_reading.FORMATS)
