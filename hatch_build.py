"""Built style sheet, scripts, icons and translations go into the wheel; they are never committed."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))


class AssetsHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # a checkout builds them with bin/assets, when they change
        import build_assets

        build_assets.build(self.app.display_info)
        build_data["artifacts"] += ["/src/ringback/web/static/", "*.mo"]
