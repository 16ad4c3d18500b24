// Events puts into words what happens to a session.

export class Events {
  #log;

  constructor(log) { this.#log = log; }

  // began and state tell of the session as a whole.
  began({ session_id: id }) { this.#log.add("started", id); }
  state(word, why) { if (!["connecting", "running"].includes(word) || why) this.#log.add(word, why, word); }
  connected(again) { this.#log.add(again ? "connected again" : "connected", ""); }
  ended({ reason, message }) { this.#log.add("ended", [reason, message].filter(Boolean).join(": ")); }

  // told takes what the server says.
  told(type, data) {
    const name = data?.command || "message";
    switch (type) {
      case "commandApplied": return this.#log.add(name, `applied, frame ${data.frame}`, `${name} applied`);
      case "commandRefused": return this.#log.add(name, `refused: ${data.param ? `${data.param}: ` : ""}${data.message}`);
      case "commandFailed": return this.#log.add(name, `failed: ${data.message}`);
      case "moderation": return this.#log.add("moderation", data.message ?? data.action);
      case "sessionEnded": return this.ended(data ?? {});
    }
  }
}
