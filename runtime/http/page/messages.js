// Messages lists what the model says, newest first. It keeps a bounded number;
// while it is paused what arrives waits, bounded too.

import { element } from "./element.js";

const limit = 100;

export class Messages {
  #list;
  #button;
  #waiting = [];
  #paused = false;
  #drawing = false;

  constructor(list, button) {
    this.#list = list;
    this.#button = button;
    button.addEventListener("click", () => this.#pause(!this.#paused));
  }

  add(message) {
    this.#waiting.push({ at: new Date(), message });
    if (this.#waiting.length > limit) this.#waiting.shift();
    if (this.#paused) this.#button.textContent = `Resume (${this.#waiting.length})`;
    else if (!this.#drawing) {
      this.#drawing = true;
      requestAnimationFrame(() => this.#draw());
    }
  }

  clear() {
    this.#waiting = [];
    this.#list.replaceChildren();
    this.#pause(false);
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
    this.#list.prepend(...this.#waiting.map(item).reverse());
    this.#waiting = [];
    while (this.#list.childElementCount > limit) this.#list.lastElementChild.remove();
  }
}

function item({ at, message }) {
  const { type, data } = message?.type ? message : { type: "", data: message };
  return element("li", {}, element("time", { textContent: at.toTimeString().slice(0, 8) }), " ",
    element("b", { textContent: type }), " ", element("span", { textContent: JSON.stringify(data) }));
}
