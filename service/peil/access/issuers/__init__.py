"""The OIDC issuers that sign an employer's people in: how they are registered, and how their tokens are verified."""
