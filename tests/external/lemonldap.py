"""LemonLDAP::NG as Debian has it, with its demo accounts, started as an OpenID provider on data of a test's own."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
from joserfc.jwk import RSAKey

from support.house import free_socket
from support.signing_in import REDIRECT, sign_in

PAGE = "page"
"""The client in which people sign in."""
API = "peil"
"""What is in the audience of its tokens beside the page."""
UNPACKED = Path(__file__).parents[2] / ".external" / "lemonldap" / "usr" / "share"
"""Where `deploy/install-external` puts the program."""
_SECONDS = 30.0


@asynccontextmanager
async def open_lemonldap(home: Path) -> AsyncIterator[str]:
    """Its URL; all that it writes is in `home`, which is there and empty. It ends with this process at the latest."""
    with free_socket() as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    environment = {"LLNG_DEFAULTCONFFILE": str(_configure(home, url)), "PERL5LIB": str(UNPACKED / "perl5")}
    with (home / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *("setpriv", "--pdeathsig", "TERM", "plackup", "--server", "HTTP::Server::PSGI", "--no-default-middleware"),
            *("--host", "127.0.0.1", "--port", url.rpartition(":")[2]),
            UNPACKED / "lemonldap-ng" / "portal" / "htdocs" / "index.psgi",
            env=os.environ | environment,
            stdout=log,
            stderr=log,
        )
        try:
            assert await _answers(process, url), (home / "log").read_text()
            yield url
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def tokens_of(url: str, name: str) -> dict[str, Any]:
    """What the page gets for a demo account, whose password is its name."""
    return await sign_in(url, PAGE, {"user": name, "password": name})


async def _answers(process: asyncio.subprocess.Process, url: str) -> bool:
    """Whether it comes to serve; it also answers where its configuration is of no use."""
    async with httpx.AsyncClient() as http, asyncio.timeout(_SECONDS):
        while process.returncode is None:
            try:
                return (await http.get(f"{url}/.well-known/openid-configuration")).status_code == 200
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    return False


def _configure(home: Path, url: str) -> Path:
    """Writes its configuration; the file that names the rest."""
    for folder in ("conf", "cache", "sessions/lock", "psessions/lock"):
        (home / folder).mkdir(parents=True)
    (home / "conf" / "lmConf-1.json").write_bytes(msgspec.json.encode(_portal(home, url) | _provider(url)))
    started_by = home / "lemonldap-ng.ini"
    started_by.write_text(
        f"""\
[all]
logLevel = notice
[configuration]
type = File
dirName = {home}/conf
localStorage = Cache::FileCache
localStorageOptions = {{ 'namespace' => 'configuration', 'cache_root' => '{home}/cache' }}
[portal]
templateDir = {UNPACKED}/lemonldap-ng/portal/templates
staticPrefix = /static
languages = en
"""
    )
    return started_by


def _portal(home: Path, url: str) -> dict[str, Any]:
    """Who signs in, and where that is kept. It would load a captcha, which nobody sees and which needs ImageMagick."""
    sessions, psessions = (
        {"Directory": str(home / kept), "LockDirectory": str(home / kept / "lock")}
        for kept in ("sessions", "psessions")
    )
    return {
        "cfgNum": 1,
        "cfgAuthor": "test",
        "cfgDate": 1,
        "cfgVersion": "2",
        "authentication": "Demo",
        "userDB": "Same",
        "passwordDB": "Null",
        "registerDB": "Null",
        "portalDisplayRegister": 0,
        "portalDisplayResetPassword": 0,
        "captcha": "::Main::Plugin",
        "requireToken": 0,
        "portal": f"{url}/",
        "domain": "127.0.0.1",
        "key": "a key of the test, which is no secret",
        "securedCookie": 0,
        "locationRules": {"127.0.0.1": {"default": "accept"}},
        "exportedHeaders": {},
        "globalStorage": "Apache::Session::File",
        "globalStorageOptions": sessions,
        "persistentStorage": "Apache::Session::File",
        "persistentStorageOptions": psessions,
        "localSessionStorage": "Cache::FileCache",
        "localSessionStorageOptions": {"namespace": "sessions", "cache_root": str(home / "cache")},
        "demoExportedVars": {"cn": "cn", "mail": "mail", "uid": "uid"},
        "macros": {"_whatToTrace": "$_user"},
        "whatToTrace": "_whatToTrace",
    }


def _provider(url: str) -> dict[str, Any]:
    """What it is as an OpenID provider: a page in which people sign in gets access tokens for Peil, as JWT."""
    key = RSAKey.generate_key(2048)
    page = {
        "ClientID": PAGE,
        "Public": 1,
        "RequirePKCE": 1,
        "BypassConsent": 0,
        "RedirectUris": REDIRECT,
        "UserIDAttr": "uid",
        "IDTokenSignAlg": "RS256",
        "AccessTokenSignAlg": "RS256",
        "AccessTokenJWT": 1,
        "AccessTokenClaims": 1,
        "AdditionalAudiences": API,
    }
    return {
        "issuerDBOpenIDConnectActivation": 1,
        "issuerDBOpenIDConnectPath": "^/oauth2/",
        "issuerDBOpenIDConnectRule": 1,
        "oidcServiceMetaDataIssuer": url,
        "oidcServiceAllowAuthorizationCodeFlow": 1,
        "oidcServiceIgnoreScopeForClaims": 1,
        "oidcServiceKeyIdSig": "signing",
        "oidcServicePrivateKeySig": key.as_pem(private=True).decode(),
        "oidcServicePublicKeySig": key.as_pem(private=False).decode(),
        "oidcRPMetaDataOptions": {PAGE: {f"oidcRPMetaDataOptions{name}": value for name, value in page.items()}},
        "oidcRPMetaDataExportedVars": {PAGE: {"groups": "groups;string;always"}},
    }
