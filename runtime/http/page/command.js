// Command is one command of the model on the page: its fields, how it is sent,
// and what became of it. At most one is on its way; of a slider's positions the
// newest is sent when that one is answered, and no more than about 30 a second.

import { labelled } from "./compound.js";
import { element, words } from "./element.js";
import { field } from "./field.js";
import { pause } from "./pause.js";

const interval = 33; // milliseconds between two
const patience = 1000; // milliseconds after which an answer is not waited for

export class Command {
  name;
  node;
  fields;

  #client;
  #session = new AbortController(); // the files that are sent belong to it
  #outcome = element("span", { className: "outcome" });
  #progress = element("progress", { hidden: true, max: 1, value: 0, ariaLabel: "sent" });
  #waiting = []; // arguments to be sent
  #busy = false; // one is on its way, or has just been
  #answered = () => {}; // ends the wait for the answer to it

  constructor(name, { description, schema = {} }, client) {
    this.name = name;
    this.#client = client;
    this.fields = Object.entries(schema).map(([param, s]) => ({ param, schema: s, ...field(param, s) }));
    this.node = element("form", { className: "command" }, ...this.#head(description), ...this.#body(), this.#progress);
    this.node.dataset.command = name;
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    if (this.#live) this.node.addEventListener(this.fields[0].dragged ? "input" : "change", () => this.ask());
  }

  // live tells that a change of the only field is sent by itself.
  get #live() { return this.fields.length === 1 && !!this.fields[0].live; }

  // ask sends the command with what its fields say.
  ask() {
    if (!this.node.reportValidity()) return;
    const args = Object.fromEntries(this.fields.map(({ param, get }) => [param, get()]).filter(([, v]) => v !== undefined));
    if (this.#live && this.fields[0].dragged) this.#waiting = [];
    this.#waiting.push(args);
    this.#next();
  }

  // reset is for a session that knows nothing of the one before.
  reset() {
    this.#waiting = [];
    this.#session.abort();
    this.#session = new AbortController();
    for (const f of this.fields) f.set();
    this.#show("", "");
  }

  // applied, refused and failed show what became of the command.
  applied({ frame }) { this.#answer("applied", `applied, frame ${frame}`); }
  refused({ param, message }) { this.#answer("refused", `refused: ${param ? `${param}: ` : ""}${message}`); }
  failed({ message }) { this.#answer("failed", `failed: ${message}`); }

  async #next() {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const args = await this.#upload(this.#waiting.shift());
      if (!args) continue;
      if (!this.#client.send(this.name, args)) {
        this.#waiting = [];
        this.#show("refused", "not sent: there is no session");
        break;
      }
      const answer = new Promise((done) => { this.#answered = done; });
      await Promise.all([pause(interval), Promise.race([answer, pause(patience)])]);
    }
    this.#busy = false;
  }

  // upload returns arguments with references in the place of their files, which
  // it hands over. It returns nothing where that failed, and shows why.
  async #upload(args) {
    const { signal } = this.#session;
    let name = "";
    const refer = async (value) => {
      if (value instanceof File) {
        name = value.name;
        return this.#client.upload(value, (share) => this.#far(name, share), signal);
      }
      if (value === null || typeof value !== "object") return value;
      const sent = Array.isArray(value) ? [] : {};
      for (const key of Object.keys(value)) sent[key] = await refer(value[key]);
      return sent;
    };
    try {
      return await refer(args);
    } catch (err) {
      if (!signal.aborted) this.#show("refused", `refused: ${name}: ${err.message}`);
      return undefined;
    } finally {
      this.#progress.hidden = true;
    }
  }

  #far(name, share) {
    this.#progress.hidden = false;
    this.#progress.value = share;
    this.#show("sending", `sending ${name}: ${Math.floor(share * 100)} %`);
  }

  #answer(kind, text) {
    this.#answered();
    this.#show(kind, text);
  }

  #show(kind, text) {
    this.#outcome.className = `outcome ${kind}`;
    this.#outcome.ariaLive = ["applied", "sending"].includes(kind) ? "off" : "polite";
    this.#outcome.textContent = text;
  }

  #head(description) {
    return [
      element("h3", { textContent: description || words(this.name) }),
      element("div", { className: "meta" }, element("code", { textContent: this.name }), this.#outcome),
    ];
  }

  // body is the fields with their labels, and a button unless a change is sent
  // by itself.
  #body() {
    const [first, ...more] = this.fields;
    const button = element("button", { textContent: first ? "Send" : words(this.name), ariaLabel: `Send ${this.name}` });
    if (!first) return [button];
    const beside = more.length === 0 && !first.wide && !this.#live;
    const parts = this.fields.map(({ param, schema, node, target }) =>
      labelled(param, schema.description, beside ? element("div", { className: "row" }, node, button) : node, target, more.length === 0 && !first.wide));
    return beside || this.#live ? parts : [...parts, button];
  }
}
