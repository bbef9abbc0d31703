// The form from notice to thanks. What is typed stays in this page until it is sent, and is kept nowhere.

import { element, foreign, picture } from "./drawing.js";
import { Intake, Refused } from "./intake.js";
import { drawItem } from "./items.js";
import { drawSupport } from "./support.js";
import { announcedKey, forgetWave, Kept, linkTo, obtainToken, tokenIn } from "./token.js";
import { fill, ownLanguage, wordsIn } from "./words.js";

const CODE = /^[0-9A-Za-z]{20}$/;
/** What stands behind a fold in the notice: true, and not needed to decide. */
const MORE = new Set(["one-key", "sealed"]);
/** What the intake says of a wave that takes no answers any more. */
const OVER = new Set(["wave-closed", "wave-cancelled"]);

/**
 * `root`: where to draw. `said`: `{intakeUrl, waveId, language, kiosk, inlineNotice, unit, group, token}`, where
 * `group` is `{manifestSha256, keyId, publicKey, issued}` in blind mode and null elsewhere, `unit` is the group's name
 * (null: not known), `inlineNotice` says whose page can see what is typed (null: nobody's), `token` is one that came
 * with the link. `ask` has a blinded message signed for the person (null: nobody is signed in). `storage`: where
 * blindings are kept, null for nowhere. Everything else that is told comes from the intake.
 */
export class Form {
  #root;
  #said;
  #ask;
  #storage;
  #intake;
  #language;
  #draw = () => {};
  #answers = {};
  #token = null;
  #kept = null;
  #sitting = 0;

  constructor(root, said, ask, storage) {
    this.#root = root;
    this.#said = said;
    this.#ask = ask;
    this.#storage = storage;
    this.#language = said.language;
    this.#intake = new Intake(said.intakeUrl, said.waveId);
  }

  /** Whether it is still part of a page. */
  get isShown() {
    return this.#root.isConnected;
  }

  /** Begins anew: nothing of what was answered before is left. */
  async start() {
    this.#sitting += 1;
    if (this.#said.kiosk) this.#language = this.#said.language;
    this.#answers = {};
    this.#token = this.#said.token;
    this.#show(() => [this.#wait("working")]);
    await this.#try(async () => {
      const { group, token } = this.#said;
      this.questionnaire = await this.#heard(this.#intake.questionnaire());
      if (this.questionnaire.mode === "blind" && !token) {
        if (!globalThis.crypto?.subtle) throw new Refused("no-webcrypto");
        if (group) this.group = await this.#announced(group);
      }
      return () => this.#show(() => this.#noticeScreen());
    }, () => this.start());
  }

  /** Whether something was typed or chosen, or is about to be. */
  get isBegun() {
    return this.#token !== null || Object.keys(this.#answers).length > 0;
  }

  /** A line above the screen, such as that it starts again soon; null takes it away. */
  warn(line) {
    this.#root.querySelector(".warning.idle")?.remove();
    if (line) this.#root.prepend(element("p", { class: "warning idle", role: "alert" }, line));
  }

  get words() {
    return wordsIn(this.#language);
  }

  // What is kept for a wave goes when the intake itself says that it is over; of the page around that is not believed.
  async #heard(asked) {
    try {
      return await asked;
    } catch (error) {
      if (OVER.has(error.code)) forgetWave(this.#said.waveId, this.#storage);
      throw error;
    }
  }

  async #announced({ manifestSha256, keyId, publicKey }) {
    return announcedKey(await this.#intake.manifest(), manifestSha256, keyId, publicKey);
  }

  get #itemLanguage() {
    const { languages } = this.questionnaire;
    const near = languages.find((one) => one.split("-")[0] === this.#language.split("-")[0]);
    return languages.includes(this.#language) ? this.#language : (near ?? languages[0]);
  }

  // A screen is a function, so that another language draws it again.
  #show(draw, focus = true) {
    this.#draw = draw;
    const screen = element("div", { class: "screen", lang: ownLanguage(this.#language) }, ...draw());
    this.#root.replaceChildren(screen);
    if (focus) screen.querySelector("h1, h2")?.focus({ preventScroll: false });
  }

  // `deed` waits and gives what is to be done then. What comes after the form began anew is of somebody else's sitting.
  async #try(deed, again) {
    const sitting = this.#sitting;
    try {
      const then = await deed();
      if (sitting === this.#sitting) then();
    } catch (error) {
      if (sitting !== this.#sitting) return;
      const refused = error instanceof Refused ? error : new Refused("refused", String(error.message));
      if (refused.code === "lost" || refused.code === "sign-in") this.#show(() => this.#pasteScreen(refused.code));
      else this.#show(() => this.#failedScreen(refused, again));
    }
  }

  #wait(what) {
    return element("p", { role: "status" }, this.words[what]);
  }

  #heading(text) {
    return element("h1", { tabindex: "-1" }, text);
  }

  #title() {
    return foreign("h1", this.questionnaire.title, this.#itemLanguage, { tabindex: "-1" });
  }

  #languages() {
    const known = [...new Set([...this.questionnaire.languages, "nl", "en"])];
    const current = known.includes(this.#language) ? this.#language : this.#itemLanguage;
    const options = known.map((one) =>
      element("option", { value: one, lang: one, selected: one === current }, nameOf(one)),
    );
    const chosen = ({ target }) => {
      this.#language = target.value;
      this.#show(this.#draw, false);
      this.#root.querySelector("select")?.focus();
    };
    return element("label", { class: "language" }, `${this.words.language} `, element("select", { change: chosen }, ...options));
  }

  #noticeScreen() {
    const { words } = this;
    const { mode, label, notice } = this.questionnaire;
    const { inlineNotice } = this.#said;
    const lines = inlineNotice ? [{ code: "inline-form", text: inlineNotice }, ...notice] : notice;
    const shown = lines.filter(({ code }) => !MORE.has(code));
    const folded = lines.filter(({ code }) => MORE.has(code));
    const asksCode = mode !== "blind";
    const begin = (event) => {
      event.preventDefault();
      if (!asksCode) return this.#begin();
      const code = new FormData(event.target).get("code").replace(/[\s-]/g, "");
      if (!CODE.test(code)) return this.#wrong(event.target, "code", words.codeWrong);
      this.#token = { code };
      return this.#show(() => this.#questionsScreen());
    };
    return [
      this.#languages(),
      this.#title(),
      element("p", { class: `badge ${label}` }, words[label]),
      element("h2", {}, words.before),
      list(shown, this.#language),
      this.#groupLine(),
      folded.length ? element("details", {}, element("summary", {}, words.more), list(folded, this.#language)) : null,
      this.#support(),
      this.#unkeptLine(),
      element(
        "form",
        { submit: begin, novalidate: true, autocomplete: "off" },
        ...(asksCode ? this.#field("code", words.code, words.codeHint) : []),
        element("button", { type: "submit" }, words.start),
      ),
    ];
  }

  // The page around tells the name, since the public list of keys has none; the number comes from that list.
  #groupLine() {
    const { unit } = this.#said;
    return unit && this.group ? element("p", {}, fill(this.words.group, { unit, invited: this.group.invited })) : null;
  }

  #support() {
    return this.questionnaire ? drawSupport(this.questionnaire.supportRoutes, this.words, this.#language) : null;
  }

  #field(name, label, hint) {
    return [
      element("label", { for: name }, label),
      element("p", { class: "hint", id: `${name}-hint` }, hint),
      element("input", { id: name, name, type: "text", autocomplete: "off", autocapitalize: "characters",
        spellcheck: "false", "aria-describedby": `${name}-hint ${name}-error` }),
      element("p", { class: "error", id: `${name}-error`, role: "alert" }),
    ];
  }

  #wrong(form, name, text) {
    const input = form.elements[name];
    input.setAttribute("aria-invalid", "true");
    form.querySelector(`#${name}-error`).textContent = text;
    input.focus();
  }

  async #begin() {
    this.#show(() => [this.#wait("asking")]);
    await this.#try(async () => {
      const token = this.#token ?? (await this.#obtain());
      return () => {
        this.#token = token;
        if (this.questionnaire.state === "ready") this.#show(() => this.#readyScreen());
        else this.#show(() => this.#questionsScreen());
      };
    }, () => this.#begin());
  }

  async #obtain() {
    if (!this.#ask || !this.group) throw new Refused("sign-in");
    const { waveId, group } = this.#said;
    this.#kept ??= new Kept(waveId, group.keyId, this.#storage);
    try {
      return await obtainToken(this.group.key, group.keyId, this.#kept, group.issued, this.#ask);
    } catch (error) {
      if (OVER.has(error.code)) await this.#heard(this.#intake.questionnaire());
      throw error;
    }
  }

  #readyScreen() {
    const { words } = this;
    return [this.#languages(), this.#title(), element("p", {}, words.ready), this.#unkeptLine(), this.#carry(), this.#support()];
  }

  #unkeptLine() {
    const isLost = this.#storage === null && !this.#said.kiosk && this.#said.group !== null;
    return isLost ? element("p", { class: "warning" }, this.words.unkept) : null;
  }

  #questionsScreen() {
    const { words } = this;
    const { items, attribution, commentNotice, supportRoutes } = this.questionnaire;
    const bar = element("progress", { max: String(items.length), "aria-label": words.form });
    const status = element("p", { role: "status" });
    const changed = () => {
      const done = items.filter(({ key }) => key in this.#answers).length;
      bar.value = done;
      status.textContent = fill(words.progress, { done, all: items.length });
    };
    changed();
    const how = { words, language: this.#itemLanguage, own: this.#language, answers: this.#answers, changed,
      notice: commentNotice, routes: supportRoutes };
    return [
      this.#languages(),
      this.#title(),
      this.#unkeptLine(),
      element("p", {}, words.optional),
      element("div", { class: "progress" }, bar, status),
      element(
        "form",
        { submit: (event) => this.#send(event), novalidate: true, autocomplete: "off" },
        ...items.map((item, place) => drawItem(item, place + 1, how)),
        attribution ? element("p", { class: "hint attribution", dir: "auto" }, attribution) : null,
        element("p", { class: "hint", id: "send-hint" }, words.sendHint),
        element("button", { type: "submit", "aria-describedby": "send-hint" }, words.send),
      ),
      this.#token.code ? null : this.#carry(),
      // At a comment they stand already.
      commentNotice ? null : this.#support(),
    ];
  }

  async #send(event) {
    event?.preventDefault();
    this.#show(() => [this.#wait("sending")]);
    await this.#try(async () => {
      const token = this.#token;
      const { contentHash } = this.questionnaire;
      const result = await this.#heard(this.#intake.submit({ ...token, contentHash, answers: this.#answers }));
      this.#kept?.remove(token.message);
      return () => {
        this.#answers = {};
        this.#token = null;
        this.#show(() => this.#thanksScreen(result));
        this.done?.();
      };
    }, () => this.#show(() => this.#questionsScreen()));
  }

  #thanksScreen(result) {
    const { words } = this;
    return [this.#languages(), this.#heading(words.thanks), element("p", {}, words[result]), this.#support()];
  }

  #failedScreen({ code, detail }, again) {
    const { words } = this;
    return [
      this.#heading(words.failed),
      element("p", { role: "alert", class: "warning" }, fill(words[code], { detail })),
      element("button", { type: "button", click: again }, words.retry),
      this.#support(),
    ];
  }

  #pasteScreen(code) {
    const { words } = this;
    const use = (event) => {
      event.preventDefault();
      const token = tokenIn(new FormData(event.target).get("paste"), this.#said.waveId);
      if (!token) return this.#wrong(event.target, "paste", words.pasteWrong);
      this.#token = token;
      return this.#begin();
    };
    return [
      this.#languages(),
      this.#title(),
      element("p", { role: "alert", class: "warning" }, words[code]),
      element(
        "form",
        { submit: use, novalidate: true, autocomplete: "off" },
        ...this.#field("paste", words.paste, words.pasteHint),
        element("button", { type: "submit" }, words.use),
      ),
      this.#support(),
    ];
  }

  // Drawn once it is unfolded: whoever looks over a shoulder sees no token.
  #carry() {
    if (this.#said.kiosk) return null;
    const { words } = this;
    const fold = element("details", {
      toggle: async () => fold.open && fold.childElementCount === 1 && fold.append(...(await inside())),
    });
    const inside = async () => {
      const { default: qrcode } = await import("./qrcode.mjs");
      const link = linkTo(this.#said.intakeUrl, this.#said.waveId, this.#token);
      const text = element("textarea", { id: "link", readonly: true, rows: "4", dir: "ltr" }, link);
      const said = element("span", { role: "status" });
      const copy = async () => {
        text.select();
        await navigator.clipboard?.writeText(link).then(() => (said.textContent = words.copied), () => {});
      };
      return [
        element("p", {}, words.carryHint),
        element("label", { for: "link" }, words.link),
        text,
        element("p", {}, element("button", { type: "button", class: "plain", click: copy }, words.copy), " ", said),
        qrOf(qrcode, link, words.qr),
      ];
    };
    fold.append(element("summary", {}, words.carry));
    return fold;
  }
}

function list(lines, language) {
  const entries = lines.map(({ code, text }) => element("li", { "data-code": code }, text[ownLanguage(language)]));
  return element("ul", { class: "notice" }, ...entries);
}

function nameOf(language) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}

// One path for the whole code, with the quiet zone of four modules that the norm asks for.
function qrOf(qrcode, text, name) {
  const code = qrcode(0, "L");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) if (code.isDark(y, x)) path += `M${x + 4} ${y + 4}h1v1h-1z`;
  }
  return picture(size + 8, path, { class: "qr", role: "img", "aria-label": name });
}
