// An sdk is a published client, unchanged, bundled into a page of its own that is
// served from another origin than the model.

import { build } from "esbuild";
import { createServer } from "node:http";
import { once } from "node:events";

const head = `<!doctype html><title>sdk</title><link rel="icon" href="data:,"><body>`;
const video = `<video autoplay muted playsinline></video>`;
const script = `<script src="/sdk.js"></script>`;

// serveSDK serves a page with the package as window.sdk, or with an application
// that has a source of its own and makes its own video, and returns its address and
// a function that ends it.
export async function serveSDK(name, { source, mode = "production" } = {}) {
  const { outputFiles: [bundle] } = await build({
    stdin: { contents: source ?? `export * from ${JSON.stringify(name)}`, resolveDir: import.meta.dirname },
    bundle: true, write: false, format: "iife", globalName: "sdk", logLevel: "error",
    define: { "process.env.NODE_ENV": JSON.stringify(mode) },
  });
  const html = head + (source ? "" : video) + script;
  const server = createServer((request, answer) => {
    const script = request.url === "/sdk.js";
    answer.setHeader("Content-Type", script ? "text/javascript" : "text/html");
    answer.end(script ? bundle.contents : html);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => { server.closeAllConnections(); server.close(); } };
}

// attach makes a Reactor in the page as window.reactor and records what it says:
// statuses, messages and errors. Events are named differently by version.
export function attach(page, options, { track, message }) {
  return page.evaluate(([options, track, message]) => {
    const reactor = (window.reactor = new window.sdk.Reactor(options));
    window.said = { statuses: [], messages: [], errors: [], runtime: [] };
    reactor.on("statusChanged", (status) => window.said.statuses.push(status));
    reactor.on(message, (data) => window.said.messages.push(data));
    reactor.on("runtimeMessage", (data) => window.said.runtime.push(data));
    reactor.on("error", (err) => window.said.errors.push(err));
    reactor.on(track, (...args) => {
      const media = args.find((arg) => arg instanceof MediaStreamTrack);
      document.querySelector("video").srcObject = new MediaStream([media]);
    });
  }, [options, track, message]);
}

export const said = (page) => page.evaluate(() => window.said);

// connect calls a method of the Reactor and waits for ready; it returns how many
// milliseconds that took.
export function connect(page, method = "connect", ...args) {
  return page.evaluate(([method, args]) => new Promise((done, fail) => {
    const reactor = window.reactor;
    const started = performance.now();
    const ready = (status) => {
      if (status !== "ready") return;
      reactor.off("statusChanged", ready);
      done(performance.now() - started);
    };
    reactor.on("statusChanged", ready);
    setTimeout(fail, 15_000, new Error(`${method} does not become ready: ${JSON.stringify(window.said)}`));
    reactor[method](...args).catch(fail);
  }), [method, args]);
}

export const command = (page, name, args) =>
  page.evaluate(([name, args]) => window.reactor.sendCommand(name, args), [name, args]);

// disconnect waits until the client is disconnected; a recoverable one keeps its
// session.
export const disconnect = (page, recoverable = false) =>
  page.evaluate((recoverable) => window.reactor.disconnect(recoverable), recoverable);
