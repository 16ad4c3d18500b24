// Snippet is a program that does with the published client what this page does:
// it shows the model's picture and sends its first command.

import { needed } from "./token.js";

export class Snippet {
  #code;
  #said;

  constructor(code, button, said) {
    this.#code = code;
    this.#said = said;
    button.addEventListener("click", () => this.#copy());
  }

  show(model, commands = []) { this.#code.textContent = program(model, commands[0]); }

  // copy leaves the code selected where the page may not write to the clipboard,
  // as on an address that is not the machine's own.
  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#code.textContent);
      this.#said.textContent = "copied";
    } catch {
      getSelection().selectAllChildren(this.#code);
      this.#said.textContent = "selected: copy it with Ctrl+C";
    }
  }
}

function program(model, command) {
  const send = command &&
    `reactor.on("statusChanged", (status) => {
  if (status === "ready") reactor.sendCommand(${JSON.stringify(command.name)}, ${literal(example(command))});
});
`;
  return `import { Reactor } from "@reactor-team/js-sdk"; // 2.9.0

const reactor = new Reactor({ modelName: ${JSON.stringify(model)}, ${needed() ? "" : "local: true, "}apiUrl: ${JSON.stringify(location.origin)} });
reactor.on("trackReceived", (name, track, stream) => {
  if (name === "main_video") video.srcObject = stream;
});
${send ?? ""}await reactor.connect(${needed() ? "token" : ""});${needed() ? " // what stood behind #token= in the address" : ""}
`;
}

// example is arguments that the command would take.
function example({ schema = {} }) {
  return Object.fromEntries(Object.entries(schema)
    .filter(([, s], i) => s.required || i === 0)
    .map(([name, s]) => [name, value(s)]));
}

function value({ default: given, enum: values, minimum = -Infinity, maximum = Infinity, type, anyOf }) {
  if (given !== undefined && given !== null) return given;
  if (values) return values[0];
  switch (type ?? anyOf?.[0].type) {
    case "boolean": return true;
    case "number": case "integer": return Math.min(Math.max(1, minimum), maximum);
    case "string": return "…";
    case "array": return [];
  }
  return {};
}

// literal is JSON as one writes it in a program.
const literal = (args) => JSON.stringify(args, null, 1).replaceAll(/\n\s*/g, " ").replaceAll(/"(\w+)":/g, "$1:");
