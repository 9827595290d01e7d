"""Installing places: GeoNames' dumps and Who's On First fetched, merged with the embedded gazetteer, written as one file.

Works before any report is read; nothing that decides a place imports it. What it leaves behind is read by
:mod:`geoconflict.places.installed`.
"""
