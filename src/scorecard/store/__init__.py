"""Snapshots and frozen months: plain files that never change once written."""
