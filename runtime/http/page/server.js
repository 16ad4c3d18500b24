// Server is the signalling of the model's server: the routes that the published
// clients use, one method each.

import { pause } from "./pause.js";
import { authorization } from "./token.js";

const json = { "Content-Type": "application/json" };
const api = { "Reactor-API-Version": "1", "Reactor-API-Accept-Version": "1" };
const rtc = { "Reactor-WebRTC-Version": "1.0" };

// ServerError is an answer that is not 2xx; status is 0 where there was none, and
// state is the model's, where the answer has it.
export class ServerError extends Error {
  constructor(status, { detail, state }) {
    super(detail);
    this.status = status;
    this.state = state;
  }
}

export class Server {
  #base;

  constructor(base) { this.#base = base; }

  // session describes the model, whether or not a session runs.
  async session() { return (await this.#ask("GET", "session", {})).json(); }

  // startSession opens a session and returns its description.
  async startSession(signal) {
    const answer = await this.#ask("POST", "start_session", { headers: { ...json, ...api }, body: "{}", signal, patience: 60 });
    return answer.json();
  }

  // watch asks for a connection of its own to the session that runs, and returns
  // the session's description with the connection's id.
  async watch(signal) {
    const session = await this.session();
    const path = `${transport(session.session_id)}/connections`;
    const answer = await this.#ask("POST", path, { headers: { ...json, ...rtc }, body: "{}", signal });
    return { ...session, ...(await answer.json()) };
  }

  // get asks for a file of the server.
  get(url) { return this.#ask("GET", url, {}); }

  async stopSession() { await this.#ask("POST", "stop_session", { headers: api }); }

  async iceServers(id, signal) {
    const answer = await this.#ask("GET", `${transport(id)}/ice_servers`, { headers: rtc, signal });
    return (await answer.json()).ice_servers.map(({ uris, credentials }) =>
      ({ urls: uris, username: credentials?.username, credential: credentials?.password }));
  }

  // exchange hands in an offer and returns the answer to it. A reconnection
  // PUTs its offer where the first connection POSTs it. Place is the id of the
  // connection, if it has one.
  async exchange(id, place, method, offer, signal) {
    const path = `${transport(id)}${place === undefined ? "" : `/connections/${place}`}/sdp_params`;
    await this.#ask(method, path, { headers: { ...json, ...rtc }, body: JSON.stringify(offer), signal });
    for (let wait = 200; wait <= 6400; wait *= 2) {
      const answer = await this.#ask("GET", path, { headers: rtc, signal });
      if (answer.status === 200) return (await answer.json()).sdp_answer;
      await pause(wait, signal);
    }
    throw new ServerError(0, { detail: "the server did not answer the offer" });
  }

  // upload announces a file, sends its bytes, and returns a reference to it.
  async upload(id, file, progress, signal) {
    const about = { name: file.name, mime_type: file.type || "application/octet-stream", size: file.size };
    const path = `sessions/${encodeURIComponent(id)}/uploads`;
    const answer = await this.#ask("POST", path, { headers: { ...json, ...api }, body: JSON.stringify(about), signal });
    const { presigned_id, presigned_url } = await answer.json();
    await put(new URL(`uploads/${presigned_url.split("/").pop()}`, this.#base), file, progress, signal);
    return { upload_id: presigned_id, ...about };
  }

  // ask makes one request. Patience is how many seconds the answer may take.
  async #ask(method, path, { headers, body, signal, patience = 10 }) {
    const limit = AbortSignal.timeout(patience * 1000);
    const request = { method, headers: { ...authorization(), ...headers }, body, cache: "no-store", signal: signal ? AbortSignal.any([signal, limit]) : limit };
    const answer = await fetch(new URL(path, this.#base), request).catch(() => {
      throw new ServerError(0, { detail: limit.aborted ? "the server does not answer" : "the server cannot be reached" });
    });
    if (!answer.ok) throw new ServerError(answer.status, problem(await answer.text(), answer.status));
    return answer;
  }
}

const transport = (id) => `sessions/${encodeURIComponent(id)}/transport/webrtc`;

// put sends a file with a request that tells how far it is, as fetch does not.
function put(url, file, progress, signal) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onload = () => (request.status === 200 ? done() : fail(new ServerError(request.status, problem(request.responseText, request.status))));
    request.onerror = () => fail(new ServerError(0, { detail: "the server broke off" }));
    request.onabort = () => fail(new ServerError(0, { detail: "broken off" }));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("PUT", url);
    request.send(file);
  });
}

// problem reads the answer of a server that refuses: {"detail", "state"}.
function problem(text, status) {
  try {
    const { detail, state } = JSON.parse(text);
    return { detail: typeof detail === "string" ? detail : text, state };
  } catch {
    return { detail: text || `status ${status}` };
  }
}
