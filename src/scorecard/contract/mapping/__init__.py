"""How one report becomes rows of the contract's tables: mapping files and the engine that applies them.

In order: `read_mappings(folder, contract)` (reading.py) reads the files, every fault of them told at once;
`fits(piece, mappings)` (recognising.py) says which of them a piece fits, the best first, in which row its header is
and why; `pour_raw(connection, piece, fit, into)` (raw_rows.py) reads the columns the mapping names, and no others, as
text, and leaves out titles, totals and group headings; a layout may then stitch and mend the raw tables; and
`map_rows(connection, contract, mapping, raw, into)` (applying.py) makes of each the contract's tables as text, codes
matched, with what was found. A header named under `[headers]` is read even if no column takes it, for a layout's use.
"""
