// Controls are the commands of the model, each with a field for every parameter.

import { Command } from "./command.js";
import { Keys, steered } from "./keys.js";

export class Controls {
  #node;
  #hint;
  #client;
  #keys;
  #commands = new Map(); // by name
  #made; // what the controls were made from

  constructor(node, hint, picture, client) {
    this.#node = node;
    this.#hint = hint;
    this.#client = client;
    this.#keys = new Keys(picture);
  }

  // show makes the controls for a list of {name, description, schema}, set as
  // a new session has them.
  show(list = []) {
    const made = JSON.stringify(list);
    if (made === this.#made) return this.#commands.forEach((command) => command.reset());
    this.#made = made;
    this.#commands = new Map(list.map((c) => [c.name, new Command(c.name, c, this.#client)]));
    this.#node.replaceChildren(...[...this.#commands.values()].map(({ node }) => node));
    if (list.length === 0) this.#node.textContent = "This model has no commands.";
    const driven = steered([...this.#commands.values()]);
    this.#keys.drive(driven);
    this.#hint.textContent = driven ? `Click the picture, or tab to it: the arrow keys send ${driven.name}.` : "";
  }

  // outcome takes what the server says about a command.
  outcome(type, data) {
    const command = this.#commands.get(data?.command);
    if (type === "commandApplied") command?.applied(data);
    if (type === "commandRefused") command?.refused(data);
    if (type === "commandFailed") command?.failed(data);
  }
}
