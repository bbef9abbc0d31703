"""For those who check: what was protected and why, and a release to verify without the service."""
