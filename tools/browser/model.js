// A model is an example of the repository, or one that is there for tests, built
// and served by its own binary.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";

export const top = path.resolve(import.meta.dirname, "../..");

// artifacts is where binaries and screenshots go.
export const artifacts = path.join(import.meta.dirname, "artifacts");

// build compiles a model, an example unless its package is given, and returns the
// binary's path.
export async function build(model, pkg = `./examples/${model}/cmd/${model}`) {
  const binary = path.join(artifacts, "bin", model);
  const args = ["build", "-o", binary, pkg];
  await promisify(execFile)("go", args, { cwd: top, timeout: 600_000 });
  return binary;
}

// serve starts a binary, on a free port unless one is given, and returns once it
// has printed its address.
export async function serve(binary, { port, flags = [] } = {}) {
  port ??= await freePort();
  const started = performance.timeOrigin + performance.now();
  const child = spawn(binary, ["--port", String(port), ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = once(child, "exit");
  let log = "";
  child.stderr.on("data", (text) => { log += text; });
  const base = await new Promise((listens, fail) => {
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
      const [address] = said.match(/http:\/\/\S+(?=\s)/) ?? [];
      if (address) listens(address);
    });
    child.on("error", fail);
    child.on("exit", (code) => fail(new Error(`${binary} ended with ${code}\n${said}${log}`)));
    setTimeout(fail, 20_000, new Error(`${binary} does not say its address`)).unref();
  }).catch((err) => { kill(); throw err; });

  return {
    base, port, started,
    get log() { return log; },
    // kill ends the server as a crash does.
    kill,
    // stop ends the server as Ctrl-C does and returns its exit code.
    async stop() {
      const late = setTimeout(kill, 10_000);
      child.kill("SIGINT");
      const [code] = await ended;
      clearTimeout(late);
      process.removeListener("exit", kill);
      return code;
    },
  };
}

// state is what the server says of its session.
export async function state({ base }) {
  const answer = await fetch(`${base}/session`, { signal: AbortSignal.timeout(5000) });
  return (await answer.json()).state;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
