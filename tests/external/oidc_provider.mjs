// A certified OpenID provider (oidc-provider) on loopback, for the tests: anybody signs in, with any password.
// Writes its URL, then reads one deed a line from standard input and answers each with a line; its end ends this too.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Provider, errors } from "oidc-provider";

/** What a token is asked for: its format, and how many seconds it is good for. */
const RESOURCES = {
  "https://peil.voorbeeld.example": ["jwt", 600],
  "https://other.voorbeeld.example": ["jwt", 600],
  "https://short.voorbeeld.example": ["jwt", 4],
  "https://opaque.voorbeeld.example": ["opaque", 600],
};
const GROUPS = { board: ["Board"] };

// What the provider itself has to say must not come between the lines of this script.
console.info = console.error;

const keys = [];
const server = createServer((request, response) => provider.callback()(request, response));
let provider = null;

/** Signs with a new key from now on; those before stay published. */
function addKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  keys.unshift({ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: randomUUID() });
}

function resource(_, indicator) {
  if (!(indicator in RESOURCES)) throw new errors.InvalidTarget();
  const [accessTokenFormat, accessTokenTTL] = RESOURCES[indicator];
  return { scope: "peil", audience: indicator, accessTokenFormat, accessTokenTTL, jwt: { sign: { alg: "RS256" } } };
}

/** A provider keeps its keys as long as it lives: other keys are another one at the same address, with the same store. */
function serve() {
  const age = { IdToken: 600, Session: 600, Grant: 600, Interaction: 600, RefreshToken: 600 };
  const page = { client_id: "page", redirect_uris: ["http://127.0.0.1/signed-in"], token_endpoint_auth_method: "none" };
  const system = { client_id: "system", client_secret: "a secret of the test", redirect_uris: [], response_types: [] };
  provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
    jwks: { keys: [...keys] },
    clients: [
      { ...page, grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] },
      { ...system, grant_types: ["client_credentials"] },
    ],
    findAccount: (_, login) => ({ accountId: login, claims: () => ({ sub: login }) }),
    extraTokenClaims: (_, token) => ({ groups: GROUPS[token.accountId] ?? [] }),
    issueRefreshToken: () => true,
    pkce: { required: () => true },
    scopes: ["openid", "peil"],
    ttl: age,
    features: {
      clientCredentials: { enabled: true },
      dPoP: { enabled: true },
      resourceIndicators: { enabled: true, getResourceServerInfo: resource, useGrantedResource: () => true },
    },
  });
}

const DEEDS = {
  rotate: addKey,
  /** Publishes no key but the newest. */
  forget: () => keys.splice(1),
};

addKey();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
serve();
console.log(provider.issuer);
for await (const deed of createInterface({ input: process.stdin })) {
  DEEDS[deed]();
  serve();
  console.log(deed);
}
process.exit(0);
