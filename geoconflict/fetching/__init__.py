"""Fetching: what feeds and pages the user names, brought to disk as it came; nothing is parsed here but for links.

Nothing is asked of the network unless the user configured or gave its address.
"""
