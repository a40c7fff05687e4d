"""What the cut is made of: elements, tags, names and letters in, columns of blocks out."""
