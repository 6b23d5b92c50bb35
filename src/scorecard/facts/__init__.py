"""From cases to facts: the narrow waist between children and pages."""
