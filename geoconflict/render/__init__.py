"""GeoDataFrame to one HTML file.

:class:`geoconflict.render.event_map.EventMap` is the room's door. It is not imported here, for folium and pandas load
slowly and most commands draw no map.
"""
