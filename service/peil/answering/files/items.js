// One question as a group of controls, for keyboard and screen reader as for the mouse; no question is compulsory.

import { element, foreign, picture } from "./drawing.js";
import { drawRoutes } from "./support.js";
import { fill, ownLanguage } from "./words.js";

const COMMENT_LENGTH = 2000;
// Not by colour alone: each light has a shape of its own.
const LIGHTS = {
  red: "M7 1h10l6 6v10l-6 6H7l-6-6V7z",
  amber: "M12 2 23 22H1z",
  green: "M12 1a11 11 0 1 0 .1 0z",
};

/**
 * A fieldset for the item. `language` is that of the items, `own` that of the words; `answers` holds what is chosen,
 * `changed` is called after each choice; `notice` and `routes` are said wherever a comment is asked.
 */
export function drawItem(item, number, how) {
  const { words, language, answers, changed } = how;
  const legend = element("legend", {}, `${number}. `, element("span", { lang: language }, item.text[language]));
  if (item.kind === "comment") return comment(item, legend, how);
  const choose = (value) => {
    answers[item.key] = value;
    changed();
  };
  const options = choicesOf(item, words, language).map(({ value, label, name }) =>
    choice(item.key, label, name, answers[item.key] === value, () => choose(value)),
  );
  const skip = choice(item.key, element("span", { dir: "auto" }, words.skip), null, answers[item.key] === null, () => choose(null));
  skip.classList.add("skip");
  const row = element("div", { class: rowOf(item) }, ...options);
  return group(item, legend, row, skip);
}

// The direction is that of the first letter, which is the question's.
function group({ kind }, ...parts) {
  return element("fieldset", { "data-kind": kind, dir: "auto" }, ...parts);
}

function choicesOf(item, words, language) {
  switch (item.kind) {
    case "rated":
      return ratedChoices(item, words, language);
    case "traffic-light":
      return Object.entries(words.traffic).map(([value, label]) => ({
        value,
        label: [picture(24, LIGHTS[value], { class: `light ${value}`, "aria-hidden": "true" }), label],
        name: null,
      }));
    case "yes-no":
      return Object.entries(words.yesno).map(([value, label]) => ({ value, label, name: null }));
    default:
      return item.options.map(({ key, label }) => ({
        value: key,
        label: foreign("span", label, language),
        name: null,
      }));
  }
}

// Two labels belong to the ends of the scale; a screen reader gets the number of the points at each of them.
function ratedChoices({ points, labels }, words, language) {
  return Array.from({ length: points }, (_, place) => {
    const end = place === 0 ? labels[0] : place === points - 1 ? labels.at(-1) : null;
    const text = labels.length === points ? labels[place] : end;
    const point = fill(words.point, { point: place + 1, points });
    const number = element("span", { class: "point", "aria-hidden": "true" }, String(place + 1));
    return {
      value: place + 1,
      label: text ? [number, foreign("span", text, language, { class: "label" })] : [number],
      name: text ? `${text[language]} (${point})` : point,
    };
  });
}

function rowOf({ kind, points, labels }) {
  if (kind !== "rated") return "row";
  return labels.length === points ? "row scale" : "row scale ends";
}

function choice(key, label, name, checked, chosen) {
  const input = element("input", { type: "radio", name: key, checked, change: chosen, "aria-label": name });
  return element("label", { class: "choice" }, input, ...[label].flat());
}

function comment(item, legend, { words, own, answers, changed, notice, routes }) {
  const hint = element("p", { id: `hint-${item.key}` }, notice[ownLanguage(own)]);
  const aside = element("div", { class: "no-report", dir: "auto" }, hint, ...drawRoutes(routes, words, own));
  const left = () => fill(words.letters, { left: COMMENT_LENGTH - (answers[item.key]?.length ?? 0) });
  const counter = element("p", { class: "hint counter", dir: "auto" }, left());
  const area = element("textarea", {
    rows: "4",
    maxlength: String(COMMENT_LENGTH),
    dir: "auto",
    autocomplete: "off",
    "aria-describedby": hint.id,
    "aria-label": legend.textContent,
    input: () => {
      answers[item.key] = area.value || null;
      counter.textContent = left();
      changed();
    },
  });
  area.value = answers[item.key] ?? "";
  return group(item, legend, aside, area, counter);
}
