"""What a crawl is made of: whose turn it is, what may be asked, what became of each page."""
