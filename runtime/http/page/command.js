// Command is one command of the model on the page: its fields, how it is sent,
// and what became of it. At most one is on its way; of a slider's positions the
// newest is sent when that one is answered, and no more than about 30 a second.

import { element } from "./element.js";
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
  #outcome;
  #waiting = []; // arguments to be sent
  #busy = false; // one is on its way, or has just been
  #answered = () => {}; // ends the wait for the answer to it

  constructor(name, { description, schema = {} }, client) {
    this.name = name;
    this.#client = client;
    this.#outcome = element("span", { className: "outcome" });
    this.fields = Object.entries(schema).map(([param, s]) => ({ param, schema: s, ...field(param, s) }));
    this.node = element("form", { className: "command" }, ...this.#head(description), ...this.#body());
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
    for (const f of this.fields) f.reset();
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

  // upload hands over the files in some arguments and returns the arguments with
  // references to them. It returns nothing where that failed, and shows why.
  async #upload(args) {
    const sent = { ...args };
    for (const { param, progress } of this.fields) {
      if (!progress || !(param in args)) continue;
      const list = await this.#uploadAll([args[param]].flat(), progress);
      if (!list) return undefined;
      sent[param] = Array.isArray(args[param]) ? list : list[0];
    }
    return sent;
  }

  async #uploadAll(files, progress) {
    const { signal } = this.#session;
    const list = [];
    for (const file of files) {
      const far = (share) => {
        progress(share);
        this.#show("sending", `sending ${file.name}: ${Math.floor(share * 100)} %`);
      };
      try {
        list.push(await this.#client.upload(file, far, signal));
      } catch (err) {
        if (!signal.aborted) this.#show("refused", `refused: ${file.name}: ${err.message}`);
        return undefined;
      } finally {
        progress(undefined);
      }
    }
    return list;
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
    const single = this.fields.length === 1;
    const button = element("button", { textContent: this.fields.length ? "Send" : words(this.name), ariaLabel: `Send ${this.name}` });
    const parts = this.fields.map(({ param, schema, node, target }) => {
      const label = element("label", { htmlFor: target.id, textContent: words(param), className: single ? "hidden" : "" });
      const hint = element("small", { id: `${target.id}-hint`, textContent: schema.description ?? "" });
      if (schema.description) target.setAttribute("aria-describedby", hint.id);
      return element("div", { className: "field" }, label, single && !this.#live ? element("div", { className: "row" }, node, button) : node, hint);
    });
    return single ? parts : [...parts, button];
  }
}

// words makes a name readable: set_prompt becomes "Set prompt".
function words(name) {
  const text = name.replaceAll(/[_-]+/g, " ");
  return text[0].toUpperCase() + text.slice(1);
}
