"""The page for reviewing in a browser: served to this machine alone, with the network of nobody else."""

from geoconflict.reviewing.serving.server import serve

__all__ = ["serve"]
