"""Where articles go: JSONL, text and Markdown trees, SQLite, CSV.

A writer appends records and can say, as a *mark*, up to where its files are whole and safe on the
disk. Opened with that mark it cuts off everything later, so that the records that were on their way
when the process died can be written again: each is in the output exactly once.
"""

from scraper.writers.base import Record, Writer
from scraper.writers.open import FORMATS, open_writer

__all__ = ["FORMATS", "Record", "Writer", "open_writer"]
