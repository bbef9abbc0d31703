// A device that many people use: nothing is kept, and whoever comes next finds a fresh form.

import { fill } from "./words.js";

const IDLE = 60;
const WARNED = 15;
const AFTER_THANKS = 15;

/** Starts the form again after a minute in which nobody did anything, and soon after something was sent. */
export function watchIdle(form, page) {
  let left = IDLE;
  const begin = () => {
    left = IDLE;
    form.warn(null);
  };
  form.done = () => {
    left = AFTER_THANKS;
  };
  const gone = new AbortController();
  for (const deed of ["pointerdown", "keydown", "input", "scroll"]) {
    page.addEventListener(deed, begin, { passive: true, signal: gone.signal });
  }
  const clock = setInterval(() => {
    if (!form.isShown) {
      // The page has drawn another in its place, which watches by itself.
      gone.abort();
      clearInterval(clock);
      return;
    }
    left -= 1;
    if (left <= 0) {
      left = IDLE;
      form.start();
    } else if (left <= WARNED && form.isBegun) {
      form.warn(fill(form.words.idle, { left }));
    }
  }, 1000);
}
