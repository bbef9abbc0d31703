// The person's half of RFC 9474 (RSABSSA-SHA384-PSS-Randomized), by WebCrypto and BigInt: the service signs a
// message that it never sees. BigInt takes no constant time; each blinding is used once and stays on this device.

const HASH = "SHA-384";
const HASH_BYTES = 48;
const SALT_BYTES = 48;
export const KEY_BITS = 2048;

/** What cannot be a key, a signature or a blinding. */
export class BlindSignatureError extends Error {}

/** 64 bytes: the random prefix of section 4.1, then 32 random bytes of our own. */
export function prepare() {
  return random(64);
}

/** A public key from its SubjectPublicKeyInfo in DER; only RSA of 2048 bits with exponent 65537. */
export async function readKey(spki) {
  let key;
  try {
    key = await crypto.subtle.importKey("spki", spki, { name: "RSA-PSS", hash: HASH }, true, ["verify"]);
  } catch {
    throw new BlindSignatureError("not an RSA key");
  }
  const { n, e } = await crypto.subtle.exportKey("jwk", key);
  const read = { key, n: toNumber(fromBase64url(n)), e: toNumber(fromBase64url(e)) };
  if (bitsOf(read.n) !== KEY_BITS || read.e !== 65537n) throw new BlindSignatureError("not 2048 bits and 65537");
  return { ...read, bits: KEY_BITS };
}

/** What to send to the signer, and the inverse that takes the blinding off; the latter stays secret (section 4.2). */
export async function blind(key, prepared) {
  return blindWith(key, prepared, random(SALT_BYTES), below(key.n));
}

/** The same with this salt and this factor, which must be random and used once. */
export async function blindWith({ n, e, bits }, prepared, salt, factor) {
  const encoded = toNumber(await encodePss(prepared, salt, bits - 1));
  inverseOf(encoded, n);
  const inverse = inverseOf(factor, n);
  const blinded = (encoded * power(factor, e, n)) % n;
  return { message: toBytes(blinded, bits / 8), inverse: toBytes(inverse, bits / 8) };
}

/** The signature of the prepared message, verified (section 4.4). */
export async function finalize(key, prepared, blindSignature, inverse) {
  if (blindSignature.length !== key.bits / 8) throw new BlindSignatureError("of the wrong length");
  const signature = toBytes((toNumber(blindSignature) * toNumber(inverse)) % key.n, key.bits / 8);
  const algorithm = { name: "RSA-PSS", saltLength: SALT_BYTES };
  if (!(await crypto.subtle.verify(algorithm, key.key, signature, prepared))) {
    throw new BlindSignatureError("not a signature by this key");
  }
  return signature;
}

/** Bytes in letters that need no escape anywhere (RFC 4648, section 5), without padding. */
export function toBase64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes behind such letters; throws for others. */
export function fromBase64url(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

/** SHA-256 in hexadecimal. */
export async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// EMSA-PSS-ENCODE of RFC 8017, section 9.1.1; `bits` is one fewer than the modulus has.
async function encodePss(message, salt, bits) {
  const size = Math.ceil(bits / 8);
  const hashed = await hash(new Uint8Array(8), await hash(message), salt);
  const block = new Uint8Array(size - HASH_BYTES - 1);
  block.set(salt, block.length - SALT_BYTES);
  block[block.length - SALT_BYTES - 1] = 1;
  const mask = await mgf1(hashed, block.length);
  const masked = block.map((byte, place) => byte ^ mask[place]);
  masked[0] &= 0xff >> (8 * size - bits);
  return join(masked, hashed, Uint8Array.of(0xbc));
}

// The mask of RFC 8017, appendix B.2.1.
async function mgf1(seed, size) {
  const blocks = [];
  for (let counter = 0; counter * HASH_BYTES < size; counter += 1) {
    blocks.push(await hash(seed, toBytes(BigInt(counter), 4)));
  }
  return join(...blocks).slice(0, size);
}

async function hash(...parts) {
  return new Uint8Array(await crypto.subtle.digest(HASH, join(...parts)));
}

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

function random(size) {
  return crypto.getRandomValues(new Uint8Array(size));
}

// Uniform in [1, n): what is too large is drawn again, for a remainder would favour small numbers.
function below(n) {
  for (;;) {
    const drawn = toNumber(random(Math.ceil(bitsOf(n) / 8)));
    if (drawn > 0n && drawn < n) return drawn;
  }
}

function power(base, exponent, modulus) {
  let result = 1n;
  for (let square = base % modulus; exponent > 0n; exponent >>= 1n, square = (square * square) % modulus) {
    if (exponent & 1n) result = (result * square) % modulus;
  }
  return result;
}

// By Euclid; there is none where the two share a factor.
function inverseOf(value, modulus) {
  let [rest, next, coefficient, following] = [value % modulus, modulus, 1n, 0n];
  while (next > 0n) {
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [coefficient, following] = [following, coefficient - quotient * following];
  }
  if (rest !== 1n) throw new BlindSignatureError("shares a factor with the modulus");
  return ((coefficient % modulus) + modulus) % modulus;
}

function bitsOf(value) {
  return value.toString(2).length;
}

function toNumber(bytes) {
  return BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("") || "0"}`);
}

function toBytes(value, size) {
  const digits = value.toString(16).padStart(size * 2, "0");
  return Uint8Array.from({ length: size }, (_, place) => parseInt(digits.slice(2 * place, 2 * place + 2), 16));
}
