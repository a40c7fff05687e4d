"""What stands behind the ledger: its statements, the fingerprints in it, its lock."""
