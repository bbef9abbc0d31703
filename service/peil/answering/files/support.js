// Where somebody can turn to, as the intake tells it: the page around the form adds nothing and takes nothing away.

import { element } from "./drawing.js";
import { ownLanguage } from "./words.js";

/** The routes under a heading, or null where the employer has named none. */
export function drawSupport(routes, words, language) {
  if (!routes.length) return null;
  return element("section", { class: "support" }, element("h2", {}, words.support), ...drawRoutes(routes, words, language));
}

/** The same without the heading, as parts; none where there are no routes. */
export function drawRoutes(routes, words, language) {
  if (!routes.length) return [];
  const entries = routes.map((route) => drawRoute(route, words, ownLanguage(language)));
  return [element("p", {}, words.supportHint), element("ul", { class: "routes" }, ...entries)];
}

// The employer's own texts may be in other languages than the form's words.
function drawRoute({ kind, name, contact, explanation }, words, language) {
  const named = name.toLowerCase().includes(words.kinds[kind]) ? ": " : ` (${words.kinds[kind]}): `;
  const more = explanation && (explanation[language] ? language : Object.keys(explanation)[0]);
  return element(
    "li",
    {},
    element("b", { dir: "auto" }, name),
    named,
    element("span", { dir: "auto" }, contact),
    more ? element("span", { class: "explanation", lang: more, dir: "auto" }, explanation[more]) : null,
  );
}
