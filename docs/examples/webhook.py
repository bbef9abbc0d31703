"""Receives webhooks: PEIL_HOST=peil.example.com WEBHOOK_SECRETS=whsec_… python3 webhook.py PORT"""

import hmac
import os
import sys
import time
from base64 import b64decode, b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEYS = [b64decode(secret.removeprefix("whsec_")) for secret in os.environ["WEBHOOK_SECRETS"].split()]


class Receiver(BaseHTTPRequestHandler):
    def do_OPTIONS(self) -> None:  # the handshake
        self.send_response(200)
        self.send_header("WebHook-Allowed-Origin", os.environ["PEIL_HOST"])
        self.end_headers()

    def do_POST(self) -> None:
        event, at = self.rfile.read(int(self.headers["content-length"])), self.headers["webhook-timestamp"]
        signed = f"{self.headers['webhook-id']}.{at}.".encode() + event
        expected = [f"v1,{b64encode(hmac.digest(key, signed, 'sha256')).decode()}" for key in KEYS]
        given = self.headers["webhook-signature"].split()
        is_signed = any(hmac.compare_digest(one, other) for one in expected for other in given)
        is_good = is_signed and abs(time.time() - int(at)) < 300
        if is_good:  # keep it by its webhook-id, answer, and only then act on it
            sys.stdout.write(f"{event.decode()}\n")
        self.send_response(204 if is_good else 401)
        self.end_headers()


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
