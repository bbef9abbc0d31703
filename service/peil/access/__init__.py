"""Who asks: clients, issuers, tokens, roles, scopes."""
