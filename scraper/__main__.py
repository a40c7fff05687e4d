"""`python -m scraper` is `sanspub`."""

from scraper.cli import main

main()
