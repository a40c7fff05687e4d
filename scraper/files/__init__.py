"""Saved pages, texts, streams and archives in, clean ones out."""
