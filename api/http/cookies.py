"""What the browser is given to keep: the session, the office computer, the language. Random tokens and nothing else."""

from typing import Literal

from fastapi import Response

from domain.access.account_providers import REQUEST_LASTS
from domain.access.accounts import LIFETIMES, OpenedSession
from settings import ApiSettings

LANGUAGE_COOKIE = "estrado-language"

DEVICE_DAYS = 400
"""The longest that browsers keep a cookie (RFC 6265bis 5.5)."""


def session_cookie(settings: ApiSettings) -> str:
    return "__Host-estrado" if settings.cookie_secure else "estrado"


def device_cookie(settings: ApiSettings) -> str:
    return "__Host-estrado-device" if settings.cookie_secure else "estrado-device"


def provider_cookie(settings: ApiSettings) -> str:
    return "__Host-estrado-provider" if settings.cookie_secure else "estrado-provider"


def keep_browser(response: Response, settings: ApiSettings, token: str) -> None:
    """Which browser was sent to an account provider. Lax: the way back begins at the provider."""
    _set(response, settings, provider_cookie(settings), token, int(REQUEST_LASTS.total_seconds()), "lax")


def keep_session(response: Response, settings: ApiSettings, opened: OpenedSession) -> None:
    """Put the session into the browser. Lax, because a link in a mail leads to a page of ours."""
    longest = int(LIFETIMES[opened.session.kind].absolute.total_seconds())
    _set(response, settings, session_cookie(settings), opened.token, longest, "lax")


def keep_device(response: Response, settings: ApiSettings, token: str) -> None:
    _set(response, settings, device_cookie(settings), token, DEVICE_DAYS * 24 * 3600, "strict")


def wipe(response: Response, settings: ApiSettings) -> None:
    """Leave nothing of this person at this computer. The cookie of the computer itself stays.

    Not `"cookies"`: Clear-Site-Data would forget that this is an enrolled office computer.
    """
    response.delete_cookie(session_cookie(settings), path="/", secure=settings.cookie_secure, httponly=True)
    response.delete_cookie(LANGUAGE_COOKIE, path="/", secure=settings.cookie_secure, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def _set(
    response: Response, settings: ApiSettings, name: str, value: str, age: int, same_site: Literal["lax", "strict"]
) -> None:
    response.set_cookie(
        name, value, max_age=age, path="/", secure=settings.cookie_secure, httponly=True, samesite=same_site
    )


def keep_language(response: Response, settings: ApiSettings, language: str) -> None:
    """What the person reads. The page may change it: it is not secret, so scripts may read it."""
    response.set_cookie(LANGUAGE_COOKIE, language, path="/", secure=settings.cookie_secure, samesite="lax")
