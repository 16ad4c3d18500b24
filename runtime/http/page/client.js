// Client is the viewer's side of one session after another: it starts one,
// keeps a connection to it, comes back by itself when that is lost, and tells
// through the functions of `on` what happens:
//
//   state(word, why)      connecting, loading, running, watching, ready, disconnected,
//                         in use, model error
//   session(description)  a session has begun: nothing of the one before holds
//   connected(connection, again) pictures and messages flow
//   message(data)         the model says something
//   runtime(type, data)   the server says something

import { Connection } from "./connection.js";
import { pause } from "./pause.js";
import { ServerError } from "./server.js";

export class Client {
  #server;
  #on;
  #wish; // AbortController while a session is wanted
  #session; // description of the session, once it is known
  #uploads = new WeakMap(); // references to the files that the session has
  #connection;
  #watching = false; // another viewer is in control

  constructor(server, on) {
    this.#server = server;
    this.#on = on;
  }

  // wanted tells whether there is, or is to be, a session.
  get wanted() { return this.#wish !== undefined; }

  // start opens a session and attends it until it ends or is not wanted any more.
  async start() {
    if (this.#wish) return;
    const { signal } = (this.#wish = new AbortController());
    for (let failures = 0; ; failures++) {
      const [state, why] = await this.#attend(signal);
      if (signal.aborted) return;
      if (this.#connection) failures = 0; // it was well until now
      this.#drop();
      if (state !== "disconnected") {
        this.#forget();
        return this.#on.state(state, why);
      }
      const seconds = Math.min(0.5 * 2 ** failures, 10);
      this.#on.state(state, `${why}; trying again in ${seconds} s`);
      await pause(seconds * 1000, signal);
    }
  }

  // stop ends the session for good, unless it is another viewer's.
  async stop() {
    const watched = this.#watching;
    this.leave();
    if (!watched) await this.#server.stopSession().catch(() => {}); // a session that is gone needs no stop
    if (!this.wanted) this.#on.state("ready", watched ? "you have left; the session goes on" : "the session is over");
  }

  // watch is for a viewer who has learned that another one is in control.
  watch() {
    if (this.#watching || !this.#connection) return;
    this.#watching = true;
    this.#on.state("watching", "");
  }

  // leave drops the connection without ending the session, as a page does that
  // is being closed or reloaded.
  leave() {
    this.#forget();
    this.#drop();
  }

  // send asks the model for something; it tells whether that went out.
  send(command, args) { return this.#connection?.send("application", command, args) ?? false; }

  // tell asks the server for something; it tells whether that went out.
  tell(type, data) { return this.#connection?.send("runtime", type, data) ?? false; }

  // upload hands a file to the session, once, and returns what a command refers to
  // it by. Progress is called with how much has been sent, from 0 to 1.
  async upload(file, progress, signal) {
    if (!this.#session) throw new Error("there is no session");
    const uploads = this.#uploads;
    if (!uploads.has(file)) {
      const reference = await this.#server.upload(this.#session.session_id, file, progress, signal);
      uploads.set(file, reference);
      this.tell("fileUploaded", reference);
    }
    return uploads.get(file);
  }

  // attend connects and waits until the connection is gone. It returns the
  // state that follows, and why.
  async #attend(signal) {
    try {
      this.#on.state("connecting", "");
      const again = !!this.#session;
      const connection = await this.#connect(signal);
      this.#connection = connection;
      this.#watching = this.#session.connection_id !== undefined;
      this.#on.state(this.#watching ? "watching" : "running", "");
      this.#on.connected(connection, again);
      return after(await connection.ended);
    } catch (err) {
      if (err instanceof ServerError && [400, 404].includes(err.status)) this.#session = undefined;
      if (err.status === 409) return ["in use", `${err.message}; try again later`];
      return err.state === "error" ? ["model error", `${err.message}; the server's log says why`] : ["disconnected", err.message];
    }
  }

  // connect opens a connection to the session, which it starts if need be.
  async #connect(signal) {
    const method = this.#session ? "PUT" : "POST";
    if (!this.#session) {
      this.#session = await this.#join(signal);
      this.#uploads = new WeakMap();
      this.#on.session(this.#session);
    }
    const { session_id: id, connection_id: place, capabilities } = this.#session;
    const receive = (scope, data) => scope === "runtime" ? this.#on.runtime(data.type, data.data) : this.#on.message(data);
    const connection = new Connection(await this.#server.iceServers(id, signal), capabilities.tracks, receive);
    try {
      await connection.accept(await this.#server.exchange(id, place, method, await connection.offer(), signal));
      signal.throwIfAborted();
      return connection;
    } catch (err) {
      connection.close();
      throw err;
    }
  }

  // join starts a session, or watches the one that another viewer has.
  async #join(signal) {
    try {
      return await this.#patiently(this.#server.startSession(signal), signal);
    } catch (err) {
      if (err.status !== 409) throw err;
      return this.#server.watch(signal).catch(() => { throw err; }); // there is no room to watch
    }
  }

  // patiently waits for a session to start, and says what the wait is for.
  async #patiently(start, signal) {
    const explain = async () => {
      const { state } = await this.#server.session();
      if (state === "loading" && !signal.aborted && !this.#session) this.#on.state("loading", "the model is loading");
    };
    const timer = setTimeout(() => explain().catch(() => {}), 300);
    try { return await start; } finally { clearTimeout(timer); }
  }

  #forget() {
    this.#wish?.abort();
    this.#wish = undefined;
    this.#session = undefined;
  }

  #drop() {
    this.#connection?.close();
    this.#connection = undefined;
    this.#watching = false;
  }
}

// after is the state that follows a connection's end.
function after(end) {
  switch (end?.reason) {
    case "error": return ["model error", end.message ? `the model stopped: ${end.message}` : "the model stopped with an error; the server's log has it"];
    case "finished": return ["ready", "the model has finished"];
    case "stopped": return ["ready", "the session was stopped"];
    case "timed_out": return ["ready", "the session ended, as nobody was connected for too long"];
    case "moderated": return ["ready", "the session was ended by moderation"];
    case "shutdown": return ["disconnected", "the server was shut down"];
    default: return ["disconnected", "the connection was lost"];
  }
}
