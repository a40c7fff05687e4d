"""What is told like the story and is not of it: each module knows one such thing."""
