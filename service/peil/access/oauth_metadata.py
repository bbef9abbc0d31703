"""By which documents clients find the OAuth endpoints (RFC 8414), and what tokens are for (RFC 9728)."""

from collections.abc import Iterable
from typing import Any

from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from peil.access import table
from peil.access.clients.rules import ALGORITHMS
from peil.access.clients.targets import EMPLOYER, VENDOR
from peil.access.token_request import TOKEN_PATH
from peil.access.widget_model import DETAILS_TYPE

REVOKE_PATH = "/oauth/revoke"
_METHODS = ["client_secret_basic", "private_key_jwt", "none"]


def server_metadata(url: str, grants: Iterable[str]) -> dict[str, Any]:
    """What the token endpoint can do; `grants`: the grant types that there are."""
    metadata = AuthorizationServerMetadata(
        {
            "issuer": url,
            "token_endpoint": f"{url}{TOKEN_PATH}",
            "jwks_uri": f"{url}/.well-known/jwks.json",
            "scopes_supported": sorted(table.SCOPES),
            "response_types_supported": [],
            "grant_types_supported": sorted(grants),
            "token_endpoint_auth_methods_supported": _METHODS,
            "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
            "revocation_endpoint": f"{url}{REVOKE_PATH}",
            "revocation_endpoint_auth_methods_supported": _METHODS,
            "revocation_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        }
    )
    return {
        **metadata,
        "protected_resources": [url],
        "authorization_details_types_supported": [DETAILS_TYPE],
        "dpop_signing_alg_values_supported": list(ALGORITHMS),
    }


def resource_metadata(url: str, path: str) -> dict[str, Any]:
    """RFC 9728, section 2; `resource_forms` is of our own: what a client can name as `resource` (RFC 8707)."""
    return {
        "resource": f"{url}{path}",
        "resource_name": "Peil",
        "authorization_servers": [url],
        "scopes_supported": sorted(table.SCOPES),
        "bearer_methods_supported": ["header"],
        "authorization_details_types_supported": [DETAILS_TYPE],
        "dpop_signing_alg_values_supported": list(ALGORITHMS),
        "dpop_bound_access_tokens_required": False,
        "resource_forms": [url, f"{url}{EMPLOYER}", f"{url}{VENDOR}"],
    }
