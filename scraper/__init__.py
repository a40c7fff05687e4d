"""The world outside the cleaner: fetch, crawl, store, and the command line."""
