"""The peer of the crawl benchmark: Scrapy with trafilatura in its pipeline.

python scrapy_peer.py URLS.txt OUT.jsonl        in an environment with both
"""

import sys
from pathlib import Path

import scrapy
import trafilatura
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import DropItem


class Extract:
    """Turns a response into an article."""

    def process_item(self, item):
        """Title, date and text of one page."""
        page = trafilatura.bare_extraction(item["body"], url=item["url"], with_metadata=True)
        if page is None:
            raise DropItem("no article")
        return {"url": item["url"], "title": page.title, "date": page.date, "text": page.text}


class Stories(scrapy.Spider):
    """Asks for every address of the list."""

    name = "stories"

    async def start(self):
        """One request for each line."""
        for line in Path(sys.argv[1]).read_text().splitlines():
            yield scrapy.Request(line)

    def parse(self, response):
        """The page as it is."""
        yield {"url": response.url, "body": response.text}


process = CrawlerProcess(
    {
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "DOWNLOAD_DELAY": 0,
        "ROBOTSTXT_OBEY": True,
        "ITEM_PIPELINES": {Extract: 300},
        "FEEDS": {sys.argv[2]: {"format": "jsonlines"}},
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
    }
)
process.crawl(Stories)
process.start()
