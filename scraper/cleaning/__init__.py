"""What becomes of a fetched page, in a process of its own: record, links, or why there is none."""
