"""Signs somebody in at an OpenID provider as a browser would: redirects, cookies, and the forms that it shows."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import httpx

REDIRECT = "http://127.0.0.1/signed-in"
"""Where the page is that asked; nothing listens there, the browser only has to come to it."""
_MOST_STEPS = 12

Prove = Callable[[str, str], str]
"""The proof that a key is held, for a request with this method to this URL."""


class _Form(HTMLParser):
    """The last form of a page that is posted: where to, and the fields it is filled with."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action: str | None = None
        self.fields: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form" and str(said.get("method")).lower() == "post":
            self.action, self.fields = said.get("action") or "", {}
        elif tag == "input" and said.get("name") and said.get("type") != "checkbox":
            self.fields[str(said["name"])] = said.get("value") or ""


async def sign_in(
    provider: str, client_id: str, typed: dict[str, str], prove: Prove | None = None, **asked: str
) -> dict[str, Any]:
    """What the token endpoint gives for an authorization code with PKCE (RFC 7636), asked for by a public client.

    `prove` makes the proof with which the page asks for tokens that are bound to its key (RFC 9449); None: for others.
    `typed` is what the person fills in, by field; every other form is sent as it is, which consents. `asked` is what
    the page asks for otherwise than a plain sign-in.
    """
    # The page has no cookies of the provider, and the browser has.
    async with httpx.AsyncClient(timeout=20) as browser, httpx.AsyncClient(timeout=20) as page:
        found = (await browser.get(f"{provider}/.well-known/openid-configuration")).json()
        verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": REDIRECT,
            "scope": "openid",
            "state": state,
            "nonce": secrets.token_urlsafe(16),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        } | asked
        back = await _come_back(browser, f"{found['authorization_endpoint']}?{urlencode(query)}", typed)
        assert state == back["state"], back
        form = {
            "grant_type": "authorization_code",
            "client_id": client_id,
            "redirect_uri": REDIRECT,
            "code": back["code"],
            "code_verifier": verifier,
        } | ({"resource": asked["resource"]} if "resource" in asked else {})
        endpoint = str(found["token_endpoint"])
        shown = {} if prove is None else {"dpop": prove("POST", endpoint)}
        answer = await page.post(endpoint, data=form, headers=shown)
    assert 200 == answer.status_code, answer.text
    tokens: dict[str, Any] = answer.json()
    return tokens


async def _come_back(browser: httpx.AsyncClient, url: str, typed: dict[str, str]) -> dict[str, str]:
    """What the provider says in the address of the page to which it sends the person back."""
    answer = await browser.get(url)
    for _ in range(_MOST_STEPS):
        if answer.is_redirect:
            there = urljoin(str(answer.url), answer.headers["location"])
            if there.startswith(REDIRECT):
                return dict(parse_qsl(urlsplit(there).query))
            answer = await browser.get(there)
            continue
        form = _Form(answer.text)
        assert form.action is not None, f"{answer.status_code} {answer.url}: {answer.text}"
        filled = form.fields | {name: text for name, text in typed.items() if name in form.fields}
        answer = await browser.post(urljoin(str(answer.url), form.action), data=filled)
    raise AssertionError("signing in finds no end")
