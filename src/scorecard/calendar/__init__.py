"""Months, windows and working days."""
