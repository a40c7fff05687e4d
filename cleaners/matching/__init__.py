"""Rule files -> one matcher, and lines -> what of them the rules match."""
