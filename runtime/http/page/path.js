// Path shows where the time of a frame goes: a bar for each part, as long as it
// takes. Parts that nobody measures are marked as estimates.

import { element } from "./element.js";

const parts = {
  model: { what: "from one frame of the model to the next" },
  wait: { what: "from emitted until it is encoded; what remains of what is measured", estimated: true },
  encode: { what: "converting and encoding, the server's mean" },
  network: { what: "half of the round trip of a message", estimated: true },
  present: { what: "from received until the browser presents it: jitter buffer, decoder" },
};

export class Path {
  #values = {}; // the nodes, by part
  #rows = {};

  constructor(list) {
    for (const [name, { what, estimated }] of Object.entries(parts)) {
      this.#values[name] = element("span", { className: "ms", textContent: "–" });
      this.#rows[name] = element("li", { title: what }, element("b", { textContent: name }),
        element("i", { ariaHidden: "true" }), this.#values[name], element("small", { textContent: `${estimated ? "estimated: " : ""}${what}` }));
      this.#rows[name].dataset.part = name;
    }
    list.replaceChildren(...Object.values(this.#rows));
  }

  // show takes milliseconds by part; what is not known is left out.
  show(milliseconds) {
    const longest = Math.max(...Object.values(milliseconds).filter(Number.isFinite), 1);
    for (const [name, { estimated }] of Object.entries(parts)) {
      const ms = milliseconds[name];
      this.#values[name].textContent = ms === undefined ? "–" : `${estimated ? "≈ " : ""}${ms.toFixed(1)} ms`;
      this.#rows[name].style.setProperty("--share", (ms ?? 0) / longest);
    }
  }
}
