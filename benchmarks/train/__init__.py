"""Trains `cleaners/model.npz` from corpora of pages with known articles."""
