import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { eventually, launch, look, motion, open, picture } from "./browser.js";
import { artifacts, build, serve, state } from "./model.js";
import { attach, command, connect, disconnect, said, serveSDK } from "./sdk.js";

const token = "open-sesame-open-sesame";
let binary, client, browser;

before(async () => {
  binary = await build("plasma");
  client = await serveSDK("js-sdk-2.9.0");
  browser = await launch();
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  client?.stop();
}, { timeout: 60_000 });

async function serving(t, flags = []) {
  const server = await serve(binary, { flags });
  t.after(async () => assert.equal(await server.stop(), 0, server.log));
  return server;
}

// viewer is a page with a Reactor for a server. What it asks the server is listed
// in page.asked.
async function viewer(t, server, options = { local: true }) {
  const page = await open(browser, client.url);
  t.after(() => page.close());
  page.asked = [];
  page.on("request", (r) => { if (r.method() !== "OPTIONS") page.asked.push(`${r.method()} ${new URL(r.url()).pathname.replaceAll(/[\da-f]{8}-[\da-f-]+/g, "S")}`); });
  await hello(page, server, options);
  return page;
}

const hello = (page, server, options = { local: true }) =>
  attach(page, { modelName: "plasma", apiUrl: server.base, ...options }, { track: "trackReceived", message: "message" });

const ember = (page) => eventually("an ember picture", () => look(page), ({ mean: [r, , b] }) => r > b + 40);
const sdp = (page) => page.asked.filter((line) => line.endsWith("/sdp_params") && !line.startsWith("GET"));

test("its statuses follow each other from connect to disconnect, and it comes back by PUT", { timeout: 60_000 }, async (t) => {
  const server = await serving(t), page = await viewer(t, server);
  await connect(page);
  await picture(page);
  await command(page, "set_palette", { palette: "ember" });
  await ember(page);
  const id = await page.evaluate(() => window.reactor.getSessionId());
  await disconnect(page, true);
  assert.equal(await state(server), "running");
  await connect(page, "reconnect");
  await ember(page); // as it was left
  assert.equal(await page.evaluate(() => window.reactor.getSessionId()), id);
  const path = "/sessions/S/transport/webrtc/sdp_params";
  assert.deepEqual(sdp(page), [`POST ${path}`, `PUT ${path}`]);
  await disconnect(page);
  await eventually("an idle model", () => state(server), (s) => s === "idle");
  const { statuses, errors } = await said(page);
  assert.deepEqual(statuses, ["connecting", "waiting", "ready", "disconnected", "connecting", "ready", "disconnected"]);
  assert.deepEqual(errors, []);
});

test("a reload in mid-session finds a session of its own", { timeout: 60_000 }, async (t) => {
  const server = await serving(t), page = await viewer(t, server);
  for (let i = 0; i < 4; i++) {
    if (i > 0) {
      await page.reload();
      await hello(page, server);
    }
    await connect(page);
    await picture(page);
  }
  assert.ok(await motion(page) > 1, "the picture stands still");
  assert.deepEqual((await said(page)).errors, []);
});

test("a server that drops is noticed, and one in its place is found", { timeout: 60_000 }, async (t) => {
  const first = await serve(binary);
  const page = await viewer(t, first);
  await connect(page);
  await picture(page);
  first.kill();
  await eventually("the loss", () => said(page), ({ statuses }) => statuses.at(-1) === "disconnected", 15_000);
  const second = await serve(binary, { port: first.port });
  t.after(async () => assert.equal(await second.stop(), 0, second.log));
  // The session is gone with its server: the client is told, and starts another.
  await page.evaluate(() => window.reactor.reconnect().catch(() => {}));
  const { errors } = await eventually("an error", () => said(page), (s) => s.errors.some(({ code }) => code === "RECONNECTION_FAILED"));
  assert.equal(errors.at(-1).component, "api");
  await disconnect(page);
  await connect(page);
  await picture(page);
  assert.ok(await motion(page) > 1, "the picture stands still");
});

test("it connects with a token to a server that wants one, and not without", { timeout: 60_000 }, async (t) => {
  const server = await serving(t, ["--token", token]);
  const page = await viewer(t, server, { local: false });
  await assert.rejects(connect(page, "connect", "a-token-of-another-one"), /401/);
  await connect(page, "connect", token);
  await picture(page);
  await command(page, "set_palette", { palette: "ember" });
  await ember(page);
  await disconnect(page);
  const answer = await fetch(`${server.base}/session`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal((await answer.json()).state, "idle");
  assert.ok(page.asked.includes("POST /sessions") && page.asked.includes("DELETE /sessions/S"), page.asked.join("\n"));
});

test("who comes second on the page watches what the first one steers", { timeout: 60_000 }, async (t) => {
  const server = await serving(t), first = await viewer(t, server);
  await connect(first);
  await picture(first);
  const second = await open(browser, server.base);
  t.after(() => second.close());
  await eventually("state watching", () => second.textContent("#state"), (word) => word === "watching");
  await picture(second);
  await command(first, "set_palette", { palette: "ember" });
  await Promise.all([ember(first), ember(second)]);
  await second.getByLabel("forest").check();
  await eventually("a refusal", () => second.textContent("[data-command=set_palette] .outcome"), (text) => text.startsWith("refused"));
  await ember(first);
  await second.screenshot({ path: path.join(artifacts, "watching.png") });
  await second.getByRole("button", { name: "Leave" }).click();
  await eventually("state ready", () => second.textContent("#state"), (word) => word === "ready");
  assert.ok(await motion(first) > 1, "the first one's picture stands still");
  assert.deepEqual((await said(first)).errors, []);
});
