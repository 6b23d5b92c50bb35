"""The document: parts that refer to facts, in the order a layout says."""
