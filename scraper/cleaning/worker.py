"""Starts a worker process: `python -m scraper.cleaning.worker SECONDS BYTES`."""

from __future__ import annotations

from scraper.loading import collector_at_rest


def main() -> None:
    """Loads the cleaner and cleans pages until the pipe closes."""
    with collector_at_rest():
        from scraper.cleaning.worker_main import main as work  # noqa: PLC0415 - what this module is for
    work()


if __name__ == "__main__":
    main()
