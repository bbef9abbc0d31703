// Blind signatures in JavaScript, for the tests: our form's half and Cloudflare's library. Reads one JSON array
// [deed, ...arguments] from standard input and writes the deed's result as JSON; bytes are in hexadecimal.
import { readFileSync } from "node:fs";
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import * as ours from "../../service/peil/answering/files/blind.js";
import { linkTo, tokenIn } from "../../service/peil/answering/files/token.js";

const theirs = RSABSSA.SHA384.PSS.Randomized();
const RSA = { name: "RSA-PSS", hash: "SHA-384" };
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (made) => Buffer.from(made).toString("hex");
const theirKey = (spki) => crypto.subtle.importKey("spki", bytes(spki), RSA, true, ["verify"]);

const DEEDS = {
  /** The vectors of RFC 9474, appendix A.1: their modulus has 4096 bits. */
  async vector({ n, msg, msg_prefix, salt, inv, blind_sig }) {
    const modulus = BigInt(`0x${n}`);
    const jwk = { kty: "RSA", e: "AQAB", n: ours.toBase64url(bytes(n)) };
    const read = await crypto.subtle.importKey("jwk", jwk, RSA, true, ["verify"]);
    const key = { key: read, n: modulus, e: 65537n, bits: modulus.toString(2).length };
    const prepared = bytes(msg_prefix + msg);
    const made = await ours.blindWith(key, prepared, bytes(salt), inverse(BigInt(`0x${inv}`), modulus));
    const signature = await ours.finalize(key, prepared, bytes(blind_sig), made.inverse);
    return { blinded_msg: hex(made.message), inv: hex(made.inverse), sig: hex(signature) };
  },

  /** Our client with their signer, and their verification. */
  async oursWithTheirs() {
    const { publicKey, privateKey } = await crypto.subtle.generateKey(
      { ...RSA, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }, true, ["sign", "verify"]);
    const key = await ours.readKey(new Uint8Array(await crypto.subtle.exportKey("spki", publicKey)));
    const prepared = ours.prepare();
    const { message, inverse: secret } = await ours.blind(key, prepared);
    const signature = await ours.finalize(key, prepared, await theirs.blindSign(privateKey, message), secret);
    return theirs.verify(publicKey, signature, prepared);
  },

  /** Their client, before and after the service has signed. */
  async theirsBlinds(spki) {
    const prepared = theirs.prepare(crypto.getRandomValues(new Uint8Array(32)));
    const { blindedMsg, inv } = await theirs.blind(await theirKey(spki), prepared);
    return { message: hex(prepared), blinded: hex(blindedMsg), inverse: hex(inv) };
  },
  async theirsFinalizes(spki, { message, inverse: secret }, signed) {
    return hex(await theirs.finalize(await theirKey(spki), bytes(message), bytes(signed), bytes(secret)));
  },

  /** A token as the form carries it to another device, and as it reads such a link of somebody else's. */
  async carry(url, waveId, token, link) {
    return [linkTo(url, waveId, token), tokenIn(link, waveId)];
  },

  /** What our client says of a signature that is none, and of a key that is too small. */
  async refusals(spki, small) {
    const key = await ours.readKey(bytes(spki));
    const prepared = ours.prepare();
    const { message, inverse: secret } = await ours.blind(key, prepared);
    const said = [];
    for (const deed of [
      () => ours.finalize(key, prepared, message, secret),
      () => ours.finalize(key, prepared, message.slice(1), secret),
      () => ours.readKey(bytes(small)),
      () => ours.readKey(message),
      () => ours.blindWith(key, prepared, new Uint8Array(48), 0n),
    ]) {
      said.push(await deed().then(() => "took it", (error) => error.message));
    }
    return said;
  },
};

function inverse(value, modulus) {
  let [rest, next, coefficient, following] = [value, modulus, 1n, 0n];
  while (next) {
    const quotient = rest / next;
    [rest, next, coefficient, following] = [next, rest % next, following, coefficient - quotient * following];
  }
  return ((coefficient % modulus) + modulus) % modulus;
}

const [deed, ...given] = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await DEEDS[deed](...given)));
