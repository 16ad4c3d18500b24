// Screens show the model's tracks: the first video large, others below it, and
// sound, which the browser lets begin only when it is asked for.

import { element, words } from "./element.js";

export class Screens {
  #video;
  #others;
  #sound;

  constructor(video, others, sound) {
    this.#video = video;
    this.#others = others;
    this.#sound = sound;
    sound.addEventListener("click", () => {
      video.muted = !video.muted;
      sound.setAttribute("aria-pressed", !video.muted);
    });
  }

  show(connection) {
    const [first, ...more] = connection.media("video"), sound = connection.media("audio");
    this.#video.srcObject = new MediaStream([first, ...sound].filter(Boolean).map(({ track }) => track));
    this.#video.play().catch(() => {}); // by itself it waits until it is scrolled into sight
    this.#sound.hidden = sound.length === 0;
    this.#others.replaceChildren(...more.map(({ name, track }) => element("figure", {},
      element("video", { autoplay: true, muted: true, playsInline: true, srcObject: new MediaStream([track]), ariaLabel: words(name) }),
      element("figcaption", { textContent: words(name) }))));
  }
}
