"""Tables and columns as data, and reading an extract against them."""
