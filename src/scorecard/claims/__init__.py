"""What people write of a month, checked against its figures: what each number claims, and what bears it out."""
