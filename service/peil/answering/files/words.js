// The form's own words, in Dutch and English. Items and labels come with the questionnaire, in its languages.

import WORDS from "./texts.js";

/** Dutch or English, whichever is nearer to the language somebody asked for. */
export function ownLanguage(language) {
  return language.toLowerCase().split("-")[0] === "nl" ? "nl" : "en";
}

/** The words in one of the two. */
export function wordsIn(language) {
  return WORDS[ownLanguage(language)];
}

/** `{name}` in a text replaced by its value. */
export function fill(text, values) {
  return text.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
}
