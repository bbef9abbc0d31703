"""Vendors, whose products embed Peil for many employers, and the employers that let them act."""
