// State is how things stand: a word in the header, over the picture what it
// means, and on the button what can be done.

const buttons = {
  "connecting": "Stop",
  "loading": "Stop",
  "running": "Stop",
  "watching": "Leave",
  "disconnected": "Stop",
  "ready": "Start",
  "in use": "Try again",
  "model error": "Start again",
};

export function showState(word, why) {
  document.body.dataset.state = word;
  document.querySelector("#state").textContent = word;
  document.querySelector("#notice").textContent = why;
  document.querySelector("#session").textContent = buttons[word];
}
