"""The bars of the residue cleaner: lines removed, harm done, tails cut, pace."""
