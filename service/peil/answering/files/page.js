// The form's own document, in a frame of another page or by itself. The page around it is not trusted: through the
// port go a blinded message, its signature and a height in coarse steps, and never a word of what is answered.

import { Form } from "./form.js";
import { Refused } from "./intake.js";
import { watchIdle } from "./kiosk.js";
import { browserStorage, tokenIn } from "./token.js";
import { ownLanguage, wordsIn } from "./words.js";

// Pixels. In steps as large as this, and never less than before, the height tells neither answers nor sending.
const STEP = 240;

const said = new URLSearchParams(location.hash.slice(1));
const root = document.querySelector("main");
const language = said.get("language") ?? navigator.language ?? "en";
const waveId = said.get("wave");
const isKiosk = said.has("kiosk");

document.documentElement.lang = ownLanguage(language);
document.title = wordsIn(language).form;

if (!waveId) {
  root.textContent = wordsIn(language)["wrong-link"];
} else if (said.has("framed") && window.parent !== window) {
  addEventListener("message", meet);
} else {
  const token = tokenIn(location.hash, waveId);
  // Nobody who comes after finds it in the address bar.
  if (token) history.replaceState(null, "", `#${new URLSearchParams({ wave: waveId })}`);
  begin({ unit: null, inlineNotice: null, group: null }, token, null);
}

function meet({ source, data, ports }) {
  if (source !== window.parent || data?.peil !== "open" || !ports[0]) return;
  removeEventListener("message", meet);
  const [port] = ports;
  const waiting = [];
  port.onmessage = ({ data: answer }) => waiting.shift()?.(answer);
  const ask = async (blindedMessage) => {
    port.postMessage({ peil: "sign", blindedMessage });
    const answer = await new Promise((resolve) => waiting.push(resolve));
    if (answer.refused) throw new Refused(answer.refused, answer.detail);
    return answer.blindSignature;
  };
  const { unit, group } = data;
  const announced = group && { ...group, manifestSha256: said.get("manifest") };
  begin({ unit, inlineNotice: null, group: announced }, null, group ? ask : null);
  let height = 0;
  new ResizeObserver(() => {
    const needed = Math.ceil(root.offsetHeight / STEP) * STEP;
    if (needed <= height) return;
    height = needed;
    port.postMessage({ peil: "height", height });
  }).observe(root);
}

function begin(context, token, ask) {
  const storage = isKiosk ? null : browserStorage();
  const form = new Form(root, { ...context, intakeUrl: location.origin, waveId, language, kiosk: isKiosk, token }, ask, storage);
  if (isKiosk) watchIdle(form, document);
  form.start();
}
