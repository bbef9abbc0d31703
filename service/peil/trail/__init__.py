"""The audit trail, for those who may check it."""
