"""The same records in the layouts of the sector's returns, to lay beside what the council sends."""
