"""What a fetch is made of: names, connections, headers, cookies, codings, proxies, deadlines."""
