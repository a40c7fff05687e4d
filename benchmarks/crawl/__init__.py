"""Benchmarks of the crawl: cost of the ledger, survival of kills, CPU beside Scrapy."""
