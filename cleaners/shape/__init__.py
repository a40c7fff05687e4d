"""What each block is: kinds, captions, tables, and blocks as values."""
