// Keys lets the arrow keys drive a command while the picture has the focus: one
// whose only parameter is a choice with "left" and "right" among its values. A
// key sends its direction once; letting go sends the direction of another key
// that is still down, or else "stop" where the choice has it.

const directions = {
  ArrowLeft: ["left"],
  ArrowRight: ["right"],
  ArrowUp: ["up", "forward"],
  ArrowDown: ["down", "back", "backward"],
};

// steered returns the command that the arrow keys drive, if there is one.
export function steered(commands) {
  return commands.find(({ fields: [first, ...more] }) =>
    more.length === 0 && first?.values?.includes("left") && first.values.includes("right"));
}

export class Keys {
  #command;
  #down = []; // directions of the keys that are down, the last one last

  // target is what has to have the focus.
  constructor(target) {
    target.addEventListener("keydown", (event) => this.#press(event));
    target.addEventListener("keyup", (event) => this.#release(event));
    target.addEventListener("blur", () => this.#stop());
  }

  // drive chooses the command; undefined for none.
  drive(command) {
    this.#command = command;
    this.#down = [];
  }

  #direction({ key }) {
    return directions[key]?.find((word) => this.#command?.fields[0].values.includes(word));
  }

  #press(event) {
    const direction = this.#direction(event);
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (this.#down.includes(direction)) return;
    this.#down.push(direction);
    this.#go(direction);
  }

  #release(event) {
    const direction = this.#direction(event);
    if (!this.#down.includes(direction)) return;
    this.#down = this.#down.filter((d) => d !== direction);
    this.#go(this.#down.at(-1) ?? "stop");
  }

  #stop() {
    if (this.#down.length === 0) return;
    this.#down = [];
    this.#go("stop");
  }

  #go(direction) {
    const [choice] = this.#command.fields;
    if (!choice.values.includes(direction)) return;
    choice.set(direction);
    this.#command.ask();
  }
}
