"""Files that everybody may have: our scripts and styles, the front-end packages we use, each Administration's image."""

import os
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.responses import Response as AnyResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.access.permissions import Permission
from api.access.session import requires
from api.deps import PortsDep
from domain.ids import AdministrationId
from domain.types.territory import Theme

PROJECT = Path(__file__).resolve().parents[2]

PACKAGES = ("@fontsource/", "govuk-frontend/", "htmx.org/", "lucide-static/", "signature_pad/")
"""What may be served of node_modules; everything else there is for building and testing."""

router = APIRouter(include_in_schema=False)


class Vendored(StaticFiles):
    """`/static/vendor/<package>/...`"""

    async def get_response(self, path: str, scope: Scope) -> AnyResponse:
        if not path.replace(os.sep, "/").startswith(PACKAGES):
            raise HTTPException(404)
        return await super().get_response(path, scope)


@router.get("/static/theme/{administration}.css", dependencies=[requires(Permission.READ_PUBLIC)])
async def read_theme(administration: AdministrationId, ports: PortsDep) -> Response:
    known = ports.administrations.get(administration)
    if known is None:
        raise HTTPException(404)
    return Response(theme_css(known.theme), media_type="text/css")


@router.get("/static/theme/{administration}/logo.svg", dependencies=[requires(Permission.READ_PUBLIC)])
async def read_logo(administration: AdministrationId, ports: PortsDep) -> Response:
    if administration not in ports.logos:
        raise HTTPException(404)
    return Response(ports.logos[administration], media_type="image/svg+xml")


def theme_css(theme: Theme) -> str:
    """The Administration's design tokens as custom properties."""
    tokens = {
        "brand": theme.brand,
        "on-brand": theme.on_brand,
        "link": theme.link,
        "focus": theme.focus,
        "accent": theme.accent,
        "radius": f"{theme.radius_px}px",
    }
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in tokens.items()) + "}\n"


def install(app: FastAPI) -> None:
    """The folders, after the routes: a theme is found before they are looked into."""
    for name, folder in (("js", PROJECT / "web/js"), ("css", PROJECT / "web/css")):
        app.mount(f"/static/{name}", StaticFiles(directory=folder, check_dir=False), name=name)
    app.mount("/static/vendor", Vendored(directory=PROJECT / "node_modules", check_dir=False), name="vendor")
