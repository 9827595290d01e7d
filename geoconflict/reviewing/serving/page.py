"""The review page: a skeleton without data, its modules and styles, and those of the maps that it shares."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

from geoconflict.render.page import asset
from geoconflict.render.vendor import leaflet_assets

__all__ = ["files", "page"]

_OWN = (
    "review_main.js",
    "review_add.js",
    "review_api.js",
    "review_list.js",
    "review_event.js",
    "review_fields.js",
    "review_forms.js",
    "review_map.js",
)
_OF_MAPS = (
    "basemap.js",
    "basemap_labels.js",
    "canvas_layer.js",
    "geometry.js",
    "paths.js",
    "crowd.js",
    "dom.js",
    "scale_bar.js",
    "text.js",
)
_STYLES = ("tokens.css", "leaflet_ours.css")
_SCRIPT, _STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Review - geoconflict</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="leaflet.css">
<link rel="stylesheet" href="tokens.css">
<link rel="stylesheet" href="leaflet_ours.css">
<link rel="stylesheet" href="review.css">
<script src="leaflet.js"></script>
<script type="module" src="review_main.js"></script>
</head>
<body>
<main class="rv-app" id="app">
<nav class="rv-side" aria-label="Events to review">
<header class="rv-head"><h1>Review</h1><p id="count" role="status"></p></header>
<div class="rv-notices" id="notices"></div>
<ol class="rv-list" id="list"></ol>
</nav>
<section class="rv-main" id="main" tabindex="-1" aria-label="Event"><p class="rv-empty" id="empty">Choose an event from the list.</p><div id="event" hidden></div></section>
</main>
<p class="rv-toast" id="toast" role="alert" hidden></p>
</body>
</html>
"""


def page() -> str:
    """Return the page. It holds no data: that is asked for once it runs."""
    return _PAGE


@functools.cache
def files() -> Mapping[str, tuple[str, bytes]]:
    """Return all files of the page by name, each with its content type: a request names one of these or nothing."""
    own = resources.files("geoconflict.reviewing.serving") / "assets"
    script, style = leaflet_assets()
    found = {name: (_SCRIPT, (own / name).read_bytes()) for name in _OWN}
    found |= {name: (_SCRIPT, asset(name).encode()) for name in _OF_MAPS}
    found |= {name: (_STYLE, asset(name).encode()) for name in _STYLES}
    found |= {
        "review.css": (_STYLE, (own / "review.css").read_bytes()),
        "leaflet.js": (_SCRIPT, script.encode()),
        "leaflet.css": (_STYLE, style.encode()),
    }
    return found
