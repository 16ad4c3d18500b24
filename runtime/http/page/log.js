// Log lists what happens, newest first. It keeps a bounded number; while it is
// paused what arrives waits, bounded too.

import { element } from "./element.js";

const limit = 100;

export class Log {
  #list;
  #button;
  #waiting = [];
  #newest; // the entry that was added last
  #paused = false;
  #drawing = false;

  // The button, if there is one, pauses.
  constructor(list, button) {
    this.#list = list;
    this.#button = button;
    button?.addEventListener("click", () => this.#pause(!this.#paused));
  }

  // add lists a text under a name. One that follows another of the same kind
  // takes its place, and is counted.
  add(name, text, kind) {
    const again = kind !== undefined && this.#newest?.kind === kind ? this.#newest : undefined;
    this.#newest = { at: new Date(), name, text, kind, count: (again?.count ?? 0) + 1, node: again?.node };
    this.#waiting = this.#waiting.filter((entry) => entry !== again);
    this.#waiting.push(this.#newest);
    if (this.#waiting.length > limit) this.#waiting.shift();
    if (this.#paused) this.#button.textContent = `Resume (${this.#waiting.length})`;
    else if (!this.#drawing) {
      this.#drawing = true;
      requestAnimationFrame(() => this.#draw());
    }
  }

  clear() {
    this.#waiting = [];
    this.#newest = undefined;
    this.#list.replaceChildren();
    if (this.#button) this.#pause(false);
  }

  #pause(paused) {
    this.#paused = paused;
    this.#button.setAttribute("aria-pressed", paused);
    this.#button.textContent = paused ? "Resume" : "Pause";
    if (!paused) this.#draw();
  }

  #draw() {
    this.#drawing = false;
    if (this.#paused) return;
    for (const entry of this.#waiting) {
      entry.node?.remove();
      this.#list.prepend(entry.node = item(entry));
    }
    this.#waiting = [];
    while (this.#list.childElementCount > limit) this.#list.lastElementChild.remove();
  }
}

function item({ at, name, text, count }) {
  return element("li", {}, element("time", { textContent: at.toTimeString().slice(0, 8) }), " ",
    element("b", { textContent: name }), " ", element("span", { textContent: text }), count > 1 ? ` × ${count}` : "");
}
