"""What Solara is told before it is imported: nothing leaves the machine, nothing is asked of the network."""

from __future__ import annotations

import os

from viz.settings import Settings


def prepare(settings: Settings) -> None:
    """Set Solara's environment; call before anything imports it."""
    os.environ.update(
        SOLARA_APP="viz.app",
        SOLARA_MODE="production",
        SOLARA_TELEMETRY_MIXPANEL_ENABLE="False",
        SOLARA_ASSETS_FONTAWESOME_ENABLED="False",
        SOLARA_THEME_LOADER="plain",
        SOLARA_THEME_VARIANT="light",
        SOLARA_THEME_SHOW_BANNER="False",
        SOLARA_THEME_TITLE="Call Sheet",
        SOLARA_KERNEL_CULL_TIMEOUT=f"{settings.idle_minutes}m",
        SOLARA_KERNEL_MAX_COUNT=str(settings.visitors),
        SOLARA_SESSION_SECRET_KEY=settings.secret,
        SOLARA_SESSION_HTTP_ONLY="True",
    )
    if settings.root_path:
        os.environ["SOLARA_ROOT_PATH"] = settings.root_path
