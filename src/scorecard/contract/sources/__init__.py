"""One adapter a layout: files as councils hold them, read as text."""
