// State shows how things stand: a word in the header, and over the picture what
// it means and what can be done.

const buttons = {
  "connecting": "Stop",
  "running": "Stop",
  "disconnected": "Stop",
  "ready": "Start",
  "in use": "Try again",
  "model error": "Start again",
};

export class State {
  #word;
  #notice;
  #button;

  constructor(word, notice, button) {
    this.#word = word;
    this.#notice = notice;
    this.#button = button;
  }

  show(word, why) {
    document.body.dataset.state = word;
    this.#word.textContent = word;
    this.#notice.textContent = why;
    this.#button.textContent = buttons[word];
  }
}
