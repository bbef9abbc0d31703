"""OAuth clients: made by an administrator, proven at the token endpoint by a secret or a key of their own."""
