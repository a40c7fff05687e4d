"""Kept blocks -> markup: inline spans, lists, Markdown."""
