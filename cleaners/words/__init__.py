"""What words say, in many languages: folding, sentences, dates, notices. Data stands beside it."""
