"""Compares sanspub with other extractors on the same pages, in one run."""
