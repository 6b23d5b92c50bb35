"""The invented council: children living through services, and extracts of what was recorded by a day."""
