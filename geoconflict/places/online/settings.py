"""The online services that ``geoconflict.toml`` names, with their secrets from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping

from geoconflict.places.online.cache import GeocodeCache
from geoconflict.places.online.known import SERVICES
from geoconflict.places.online.service import OnlineService
from geoconflict.settings import PlacesSettings

__all__ = ["services_from_settings"]


def services_from_settings(
    settings: PlacesSettings, *, cache: GeocodeCache | None = None, environ: Mapping[str, str] = os.environ
) -> tuple[OnlineService, ...]:
    """Return the services that the settings name, in their order; none by default.

    Raises
    ------
    ConfigError
        As :class:`OnlineService`.
    """
    agent = settings.user_agent.strip()
    if agent and settings.email and settings.email not in agent:
        agent = f"{agent} ({settings.email})"
    return tuple(
        OnlineService(
            name,
            user_agent=agent,
            url=getattr(settings, f"{name}_url", ""),
            secret=environ.get(SERVICES[name].secret_variable, "").strip() if name in SERVICES else "",
            may_store=settings.arcgis_may_store,
            timeout_seconds=settings.timeout_seconds,
            min_delay_seconds=settings.min_delay_seconds,
            cache=cache,
        )
        for name in dict.fromkeys(settings.services)
    )
