// Inputs are the tracks that go to the model: for each, what may be sent over it
// is chosen here, and what is sent can be seen.

import { drawing } from "./drawing.js";
import { element, words } from "./element.js";

const sources = {
  video: { Camera: () => device({ video: true }), Drawing: drawing },
  audio: { Microphone: () => device({ audio: true }) },
};

export class Inputs {
  #node;
  #lanes = [];
  #connection;

  constructor(node) { this.#node = node; }

  // show makes the controls for a session's tracks.
  show(tracks) {
    const wanted = tracks.filter(({ direction }) => direction === "sendonly");
    if (wanted.map(({ name }) => name).join() === this.#lanes.map(({ name }) => name).join()) return;
    for (const lane of this.#lanes) lane.use();
    this.#lanes = wanted.map((track) => new Lane(track, (media) => this.#connection?.publish(track.name, media)));
    this.#node.replaceChildren(...this.#lanes.map(({ node }) => node));
    this.#node.hidden = wanted.length === 0;
  }

  // follow sends over a connection what is chosen; undefined: there is none.
  follow(connection) {
    this.#connection = connection;
    for (const { name, media } of this.#lanes) if (media) connection?.publish(name, media);
  }
}

// Lane is one track and what is sent over it.
class Lane {
  name;
  node;
  media; // the MediaStreamTrack that is sent

  #publish;
  #buttons;
  #preview = element("video", { muted: true, autoplay: true, playsInline: true, hidden: true });
  #said = element("small", { role: "status" });
  #chosen = "Off";

  constructor({ name, kind }, publish) {
    this.name = name;
    this.#publish = publish;
    this.#buttons = ["Off", ...Object.keys(sources[kind])].map((source) =>
      element("button", { type: "button", textContent: source, onclick: () => this.#choose(source, sources[kind][source]) }));
    this.#preview.ariaLabel = `What is sent as ${name}`;
    this.node = element("div", { className: "lane", role: "group", ariaLabel: `Send ${name}` },
      element("h3", { textContent: words(name) }), element("div", { className: "row" }, ...this.#buttons), this.#preview, this.#said);
    this.node.dataset.track = name;
    this.#show("Off");
  }

  // use sends media from now on, or nothing.
  use(media) {
    if (this.media) this.media.stop();
    this.media = media;
    this.#publish(media ?? null);
    const seen = media?.kind === "video";
    this.#preview.srcObject = seen ? new MediaStream([media]) : null;
    this.#preview.hidden = !seen;
    if (media) media.onended = () => this.#choose("Off"); // unplugged, or taken away
  }

  async #choose(source, open) {
    this.#show(source);
    let media, why = "";
    try {
      media = await open?.();
    } catch (err) {
      why = `${source}: ${reason(err)}`;
    }
    if (this.#chosen !== source) return media?.stop(); // another was chosen meanwhile
    if (why) this.#show("Off", why);
    this.use(media);
  }

  #show(source, why = "") {
    this.#chosen = source;
    this.#said.textContent = why;
    for (const button of this.#buttons) button.setAttribute("aria-pressed", button.textContent === source);
  }
}

async function device(wanted) {
  if (!navigator.mediaDevices) throw new Error("the browser gives it only to pages of https or of this machine");
  return (await navigator.mediaDevices.getUserMedia(wanted)).getTracks()[0];
}

function reason({ name, message }) {
  if (name === "NotAllowedError") return "it was not allowed";
  if (name === "NotFoundError") return "there is none";
  return message;
}
