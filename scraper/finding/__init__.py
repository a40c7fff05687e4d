"""What pages, feeds and sitemaps name: addresses, and how much each looks like an article."""
