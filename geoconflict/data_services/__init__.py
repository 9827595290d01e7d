"""Event data from the services of those who make them, where the user has an account: ACLED's and UCDP's.

What arrives is written to a file as it came, for the readers of :mod:`geoconflict.interchange.datasets`. Nothing here runs
unless it is called by name, and no secret is anything but an environment variable.
"""
