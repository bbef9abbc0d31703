"""Prints a proof for one request (DPoP, RFC 9449): python3 dpop.py KEY_FILE METHOD URL [TOKEN]

Makes the key where there is none yet. Needs joserfc.
"""

import json
import sys
import time
import uuid
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import ECKey

key_file, method, url, *token = sys.argv[1:]

path = Path(key_file)
if not path.exists():
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(json.dumps(ECKey.generate_key("P-256").as_dict(private=True)))
key = ECKey.import_key(json.loads(path.read_text()))

header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": key.as_dict(private=False)}
claims = {"jti": str(uuid.uuid4()), "htm": method, "htu": url.partition("?")[0], "iat": int(time.time())}
if token:
    claims["ath"] = urlsafe_b64encode(sha256(token[0].encode()).digest()).rstrip(b"=").decode()
sys.stdout.write(jwt.encode(header, claims, key))
