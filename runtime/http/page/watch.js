// Watch follows the edits of the program, where "reactor-gen run --watch" serves it:
// it shows what is wrong with the newest one, and when another program serves it comes
// back to that one at once. The last picture stays until the new one is there.
// Elsewhere the server has nothing to tell, and the page is as always.

import { element } from "./element.js";
import { pause } from "./pause.js";
import { readStream } from "./stream.js";
import { authorization } from "./token.js";

const retry = 1000; // milliseconds until the server is asked again, where it does not say

export class Watch {
  #client;
  #video;
  #describe;
  #program; // that serves, once it is known
  #box;

  // describe is called for a program that no session is wanted with.
  constructor(client, video, describe) {
    this.#client = client;
    this.#video = video;
    this.#describe = describe;
    this.#follow();
  }

  // follow asks the server again and again, until it has nothing to tell. EventSource
  // would do that by itself, but sends no token.
  async #follow() {
    for (;;) {
      const request = { headers: { ...authorization(), "Accept": "text/event-stream" }, cache: "no-store" };
      const answer = await fetch("watch", request).catch(() => {}); // it may be back later
      if (answer?.status === 204 || answer?.status === 404) return;
      if (answer?.status === 401) await new Promise((given) => addEventListener("hashchange", given, { once: true }));
      const wait = answer?.ok ? await readStream(answer.body, (data) => this.#told(JSON.parse(data))) : undefined;
      await pause(wait ?? retry);
    }
  }

  #told({ program, news }) {
    this.#show(news);
    if (!program) return; // none serves
    if (this.#program && this.#program !== program) this.#replaced();
    this.#program = program;
  }

  #replaced() {
    if (!this.#client.wanted) return this.#describe();
    this.#hold();
    this.#client.leave();
    this.#client.start();
  }

  // hold lays the last picture over the video until that has another one.
  #hold() {
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (!width) return;
    document.querySelector(".held")?.remove();
    const still = element("canvas", { className: "held", width, height });
    still.getContext("2d").drawImage(this.#video, 0, 0);
    this.#video.after(still);
    const drop = () => still.remove();
    this.#video.addEventListener("loadeddata", drop, { once: true });
    setTimeout(drop, 10_000); // the new one may have nothing to show
  }

  #show({ kind, title, text }) {
    if (!this.#box && kind === "serving") return;
    this.#box ??= makeBox();
    this.#box.dataset.kind = kind;
    const [heading, details] = this.#box.children;
    if (kind !== "error") {
      heading.textContent = kind === "building" ? "building" : "";
      if (kind === "serving") details.textContent = "";
      return;
    }
    heading.textContent = `The last edit is not served: ${title}`;
    details.textContent = text ?? "";
    this.#box.hidden = false;
  }
}

// makeBox makes the place for what is wrong. What is hidden comes again with the
// next mistake.
function makeBox() {
  document.head.append(element("link", { rel: "stylesheet", href: "watch.css" }));
  const hide = element("button", { type: "button", textContent: "Hide" });
  const box = element("aside", { id: "edit", role: "alert" }, element("h2"), element("pre", { tabIndex: 0 }), hide);
  hide.addEventListener("click", () => { box.hidden = true; });
  document.body.append(box);
  return box;
}
