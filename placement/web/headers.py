"""Decides what every answer forbids the browser: foreign code, frames, guessing types, keeping personal pages."""

from flask import Flask, request
from werkzeug.wrappers import Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# same-origin, not no-referrer: over https the check of forms compares the referrer.
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
A_YEAR_S = 31_536_000


def forbid(app: Flask, *, is_production: bool) -> None:
    """Set the headers on every answer, errors included; only files of ours may be kept by a browser."""

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.update(HEADERS)
        if is_production:
            response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR_S}; includeSubDomains"
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return response
