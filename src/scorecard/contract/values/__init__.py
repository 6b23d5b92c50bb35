"""How a council's spelling of a coded value becomes a code of the contract: never by a silent guess."""
