"""Feeds as sites write them."""


def feed(*links: str, title: str = "Shelling") -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><pubDate>Sun, 04 Oct 2020 12:00:00 GMT</pubDate></item>"
        for link in links
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
