// Clip saves the last seconds of the session as a file. The server says where the
// playlist will be (RFC 8216), and the segments that it names make one MP4.

import { element } from "./element.js";
import { pause } from "./pause.js";

const seconds = 10;
const patience = 60_000; // milliseconds for a clip to be written

export class Clip {
  #node;
  #button;
  #said;
  #server;
  #model = "clip";
  #answered; // takes what the server says to the request that is under way

  constructor(node, button, said, server, client) {
    this.#node = node;
    this.#button = button;
    this.#said = said;
    this.#server = server;
    button.textContent = `Save the last ${seconds} s`;
    button.addEventListener("click", () => this.#save(client));
  }

  // show offers clips where the server has them.
  show({ model, recording }) {
    this.#model = model.name;
    this.#node.hidden = !recording?.enabled;
    this.#said.textContent = "";
  }

  // told takes what the server says.
  told(type, data) { if (type === "clipReady" || type === "clipFailed") this.#answered?.({ ...data, type }); }

  async #save(client) {
    this.#button.disabled = true;
    this.#said.textContent = "being written …";
    try {
      const file = await this.#file(await this.#ask(client));
      this.#said.textContent = `saved, ${Math.max(1, Math.round(file.size / 1000))} kB`;
      hand(file, `${this.#model}.mp4`);
    } catch (err) {
      this.#said.textContent = `no clip: ${err.message}`;
    }
    this.#button.disabled = false;
  }

  // ask has a clip made and returns the address of its playlist.
  async #ask(client) {
    const answer = new Promise((done) => { this.#answered = done; });
    if (!client.tell("requestClip", { duration_seconds: seconds })) throw new Error("there is no session");
    const { type, reason, playlist_url: url } = await Promise.race([answer, pause(10_000)]) ?? {};
    if (type !== "clipReady") throw new Error(reason ?? "the server does not answer");
    return url;
  }

  async #file(url) {
    const [list, base] = await this.#playlist(url);
    const names = [...list.matchAll(/^#EXT-X-MAP:.*URI="([^"]+)"|^(?!#)(\S+)$/gm)].map(([, map, segment]) => map ?? segment);
    const parts = [];
    for (const name of names) parts.push(await (await this.#server.get(new URL(name, base))).blob());
    return new Blob(parts, { type: "video/mp4" });
  }

  // playlist waits until the clip's last segment is written.
  async #playlist(url) {
    for (const end = performance.now() + patience; performance.now() < end;) {
      const answer = await this.#server.get(url);
      if (answer.status === 200) return [await answer.text(), answer.url];
      await pause(500);
    }
    throw new Error("it is not written in time");
  }
}

// hand gives a file to the user.
function hand(file, name) {
  const link = element("a", { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
