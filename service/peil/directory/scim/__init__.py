"""People and units over SCIM 2.0 (RFC 7643, RFC 7644)."""
