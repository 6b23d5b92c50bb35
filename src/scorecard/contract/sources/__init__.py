"""Where records come from: files and sheets, and one adapter for each layout they can be in."""
