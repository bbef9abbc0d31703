// The answer token of blind mode on this device: drawn and kept before anybody is asked, gone once it is spent.

import { blind, digestOf, finalize, fromBase64url, prepare, readKey, toBase64url } from "./blind.js";
import { Refused } from "./intake.js";

/** The blindings of one key that were asked for and not spent yet, in this browser or else in this page only. */
export class Kept {
  #name;
  #storage;
  #here = [];

  /** `storage`: the browser's, or null for a page that must leave nothing behind. */
  constructor(waveId, keyId, storage) {
    this.#name = `${nameOf(waveId)}${keyId}`;
    this.#storage = storage;
    if (storage) this.#here = JSON.parse(storage.getItem(this.#name) ?? "[]");
  }

  list() {
    return [...this.#here];
  }

  add(blinding) {
    this.#here.push(blinding);
    this.#storage?.setItem(this.#name, JSON.stringify(this.#here));
  }

  remove(message) {
    this.#here = this.#here.filter((blinding) => blinding.message !== message);
    if (this.#here.length) this.#storage?.setItem(this.#name, JSON.stringify(this.#here));
    else this.#storage?.removeItem(this.#name);
  }
}

/** Forgets all that was kept for a wave that is over, whoever of this browser left it. */
export function forgetWave(waveId, storage) {
  for (const name of Object.keys(storage ?? {})) if (name.startsWith(nameOf(waveId))) storage.removeItem(name);
}

function nameOf(waveId) {
  return `peil-answer-token-${waveId}-`;
}

/** This browser's storage, or null where it keeps nothing for a page like this: a frame in a private window, say. */
export function browserStorage() {
  try {
    localStorage.setItem("peil-try", "");
    localStorage.removeItem("peil-try");
    return localStorage;
  } catch {
    return null;
  }
}

/**
 * The group's key, if it stands in the manifest that was announced: everybody in the group shares it, so nobody can be
 * told apart by it. `announced` is the SHA-256 of the manifest in hexadecimal.
 */
export async function announcedKey(manifest, announced, keyId, publicKey) {
  if ((await digestOf(manifest)) !== announced) throw new Refused("wrong-manifest");
  const spki = fromBase64url(publicKey);
  const digest = await digestOf(spki);
  const { keys } = JSON.parse(new TextDecoder().decode(manifest));
  const entry = keys.find((key) => key.keyId === keyId && key.publicKeySha256 === digest);
  if (!entry) throw new Refused("wrong-key");
  return { key: await readKey(spki), invited: entry.invited };
}

/**
 * The caller's token: `{keyId, message, signature}`. `ask(blindedMessage)` gives the blind signature, or null where
 * the caller was issued one for another message.
 *
 * Several people may use one browser. Who has been issued one gets it again for the very message it was issued for,
 * so what is kept here is asked for again until one fits; what somebody else left behind fits nobody else.
 */
export async function obtainToken(key, keyId, kept, issued, ask) {
  if (!issued) {
    const message = prepare();
    const { message: blinded, inverse } = await blind(key, message);
    const blinding = {
      message: toBase64url(message),
      inverse: toBase64url(inverse),
      blindedMessage: toBase64url(blinded),
    };
    kept.add(blinding);
    const token = await redeem(key, keyId, blinding, ask);
    if (token) return token;
    kept.remove(blinding.message);
  }
  for (const blinding of kept.list()) {
    const token = await redeem(key, keyId, blinding, ask);
    if (token) return token;
  }
  throw new Refused("lost");
}

async function redeem(key, keyId, { message, inverse, blindedMessage }, ask) {
  const blindSignature = await ask(blindedMessage);
  if (blindSignature === null) return null;
  try {
    const signed = await finalize(key, fromBase64url(message), fromBase64url(blindSignature), fromBase64url(inverse));
    return { keyId, message, signature: toBase64url(signed) };
  } catch {
    throw new Refused("wrong-signature");
  }
}

/** A link that opens the form with this token on another device; browsers send nothing of what follows the `#`. */
export function linkTo(url, waveId, { keyId, message, signature }) {
  return `${url}/answer#${new URLSearchParams({ wave: waveId, token: [keyId, message, signature].join(".") })}`;
}

/** The token in such a link, or null. */
export function tokenIn(link, waveId) {
  const said = new URLSearchParams(link.trim().replace(/^[^#]*#/, ""));
  const [keyId, message, signature, more] = (said.get("token") ?? "").split(".");
  const isWhole = /^[\w-]{86}$/.test(message ?? "") && /^[\w-]{342}$/.test(signature ?? "") && more === undefined;
  return said.get("wave") === waveId && isWhole ? { keyId, message, signature } : null;
}
