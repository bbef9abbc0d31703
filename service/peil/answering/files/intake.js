// What the form asks of the intake. Nothing that names a person goes with it: no credential, no cookie, no referrer.

/** A refusal with the code of the problem, or `offline`, `busy`, `refused`; `detail` is the service's own text. */
export class Refused extends Error {
  constructor(code, detail = "") {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

const KNOWN = new Set([
  "not-found", "unknown-answer-token", "wave-not-open", "wave-unrecoverable", "wave-closed", "wave-cancelled",
]);

export class Intake {
  constructor(url, waveId) {
    this.base = `${url}/v1/waves/${encodeURIComponent(waveId)}`;
  }

  async questionnaire() {
    return JSON.parse(new TextDecoder().decode(await this.#ask("/questionnaire")));
  }

  /** The manifest, byte by byte. */
  manifest() {
    return this.#ask("/manifest");
  }

  /** `recorded` or `already-recorded`. */
  async submit(response) {
    const body = JSON.stringify(response);
    const headers = { "content-type": "application/json" };
    return JSON.parse(new TextDecoder().decode(await this.#ask("/responses", { method: "POST", headers, body }))).result;
  }

  async #ask(path, options = {}) {
    let answer;
    let body;
    try {
      answer = await fetch(this.base + path, {
        ...options,
        mode: "cors",
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      body = new Uint8Array(await answer.arrayBuffer());
    } catch {
      throw new Refused("offline");
    }
    if (answer.ok) return body;
    throw refusal(answer.status, body);
  }
}

/** The refusal that a problem document (RFC 9457) tells. */
export function refusal(status, body) {
  if (status === 503 || status === 429) return new Refused("busy");
  let problem = {};
  try {
    problem = JSON.parse(new TextDecoder().decode(body));
  } catch {
    // A proxy on the way may answer in a form of its own.
  }
  if (KNOWN.has(problem.code)) return new Refused(problem.code);
  const findings = (problem.errors ?? []).map((finding) => finding.detail);
  return new Refused("refused", [problem.detail ?? String(status), ...findings].join(" "));
}
