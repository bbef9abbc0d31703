// The same form in the embedder's own document, for employers who allow it; the notice names who can look on.

import { element } from "./drawing.js";
import { Form } from "./form.js";
import { Refused } from "./intake.js";
import { watchIdle } from "./kiosk.js";
import { browserStorage } from "./token.js";

/** Draws it under a shadow root, so that neither page's style reaches the other's. */
export function drawInline(host, said, ask) {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const root = element("div", { class: "peil-form", role: "region", "aria-label": "Peil" });
  const style = element("link", { rel: "stylesheet", href: `${said.intakeUrl}/answer/form.css` });
  shadow.replaceChildren(style, root);
  const sign = async (blindedMessage) => {
    const answer = await ask(blindedMessage);
    if (answer.refused) throw new Refused(answer.refused, answer.detail);
    return answer.blindSignature;
  };
  const form = new Form(root, { ...said, token: null }, said.group ? sign : null, said.kiosk ? null : browserStorage());
  if (said.kiosk) watchIdle(form, document);
  form.start();
}
