// What a page of the intranet embeds: it shows the form of the person's wave in a frame of the intake, and has blinded
// messages signed. It sees neither answers nor answer tokens. No build step:
//
//   import { showForm } from "https://answers.example/peil.js";
//   await showForm(document.querySelector("#pulse"), { api: "https://peil.example", getToken });

/** The API refused; `problem` is its problem document (RFC 9457), or null where none came. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `The API answered ${status}.`);
    this.status = status;
    this.problem = problem;
  }
}

/**
 * The waves to which the person is invited and that are not over. `api`: where the API is, without `/v1`;
 * `getToken`: gives the person's own access token, or a promise of it; `language`: `nl`, `en`, …
 */
export async function listWaves(options) {
  return (await call(options, "GET", "/me/waves?limit=200")).items;
}

/**
 * Shows the form in `element`. Beside the options of `listWaves`: `wave`, an entry of it (default: the one that the
 * address of this page names as `#wave=…&manifest=…`, as invitations do, else the first that is open, else the first);
 * `kiosk: true` for a device that many use; `inline: true` draws the form in this very page where
 * the employer allows it, and the notice then says whose page can see what is typed.
 * Gives the wave, or null where there is none.
 */
export async function showForm(element, options) {
  const invited = new URLSearchParams(location.hash.slice(1));
  const wave = options.wave ?? chosen(await listWaves(options), invited.get("wave"));
  if (!wave) return null;
  const said = {
    unit: wave.reportingGroup.unitName,
    group: groupOf(wave, wave.waveId === invited.get("wave") ? invited.get("manifest") : null),
  };
  const ask = (blindedMessage) => sign(options, wave, blindedMessage);
  if (options.inline && wave.inlineFormBy) await drawHere(element, wave, said, ask, options);
  else frame(element, wave, said, ask, options);
  return wave;
}

function chosen(waves, waveId) {
  return waves.find((wave) => wave.waveId === waveId) ?? waves.find(({ state }) => state === "open") ?? waves[0];
}

// What the invitation said of the keys counts for more than what the API says now.
function groupOf({ keyId, publicKey, manifestSha256, tokenIssued }, announced) {
  return keyId && { keyId, publicKey, manifestSha256: announced ?? manifestSha256, issued: tokenIssued };
}

/** The blind signature; null where another message was signed before. */
async function sign(options, { waveId, keyId }, blindedMessage) {
  try {
    return (await call(options, "POST", `/waves/${waveId}/answer-tokens`, { keyId, blindedMessage })).blindSignature;
  } catch (error) {
    if (error.problem?.code === "answer-token-issued") return null;
    throw error;
  }
}

function frame(element, wave, said, ask, { language, kiosk }) {
  const fragment = new URLSearchParams({ framed: "", wave: wave.waveId });
  if (language) fragment.set("language", language);
  if (kiosk) fragment.set("kiosk", "");
  if (said.group) fragment.set("manifest", said.group.manifestSha256);
  const made = document.createElement("iframe");
  made.title = wave.name;
  made.src = `${wave.intakeUrl}/answer#${fragment}`;
  made.referrerPolicy = "no-referrer";
  made.allow = "clipboard-write";
  made.sandbox = "allow-scripts allow-same-origin allow-forms";
  made.style.cssText = "display:block;width:100%;height:720px;border:0;color-scheme:light dark";
  made.addEventListener("load", () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = async ({ data }) => {
      if (data.peil === "height") made.style.height = `${data.height}px`;
      else if (data.peil === "sign") port1.postMessage(await answerTo(ask, data.blindedMessage));
    };
    made.contentWindow.postMessage({ peil: "open", ...said }, new URL(wave.intakeUrl).origin, [port2]);
  });
  element.replaceChildren(made);
}

async function answerTo(ask, blindedMessage) {
  try {
    return { blindSignature: await ask(blindedMessage) };
  } catch (error) {
    return { refused: codeOf(error), detail: error.message };
  }
}

function codeOf(error) {
  if (!(error instanceof ApiError)) return "offline";
  if (error.status === 503 || error.status === 429) return "busy";
  return error.problem?.code === "wave-closed" ? "wave-closed" : "refused";
}

// The answers exist in this page's document then, so only where the employer said so.
async function drawHere(element, wave, said, ask, { language = navigator.language, kiosk = false }) {
  const { drawInline } = await import(`${wave.intakeUrl}/answer/inline.js`);
  const context = { ...said, intakeUrl: wave.intakeUrl, waveId: wave.waveId, language, kiosk, inlineNotice: wave.inlineNotice };
  drawInline(element, context, (blindedMessage) => answerTo(ask, blindedMessage));
}

async function call({ api, getToken, language }, method, path, body) {
  const headers = { authorization: `Bearer ${await getToken()}` };
  if (language) headers["accept-language"] = language;
  if (body) headers["content-type"] = "application/json";
  const options = { method, headers, credentials: "omit", cache: "no-store", body: body && JSON.stringify(body) };
  const answer = await fetch(`${api}/v1${path}`, options);
  if (answer.ok) return answer.json();
  throw new ApiError(answer.status, await answer.json().catch(() => null));
}
