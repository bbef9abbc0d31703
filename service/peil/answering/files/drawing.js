// Elements without markup: whatever a text holds, it is shown as text.

/** An element; attributes that are null or false are left out, functions become listeners. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A text of the questionnaire, with its language and the direction of its script. */
export function foreign(name, texts, language, attributes = {}) {
  return element(name, { lang: language, dir: "auto", ...attributes }, texts[language]);
}

const SVG = "http://www.w3.org/2000/svg";

/** A square picture of one path. */
export function picture(size, path, attributes) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", `0 0 ${size} ${size}`);
  for (const [key, value] of Object.entries(attributes)) drawn.setAttribute(key, value);
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawn.append(line);
  return drawn;
}
