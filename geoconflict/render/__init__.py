"""GeoDataFrame to one HTML file."""
