"""How the layouts councils hold become the contract's tables: the contract's own, the sector's, a council's reports."""
