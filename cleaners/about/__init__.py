"""What a page says about itself, judged: titles, authors, dates, sections."""
