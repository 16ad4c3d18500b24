import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, launch, look, motion, open } from "./browser.js";
import { build, serve, state } from "./model.js";
import { attach, connect, disconnect, publish, said, serveSDK } from "./sdk.js";

const token = "open-sesame-open-sesame";
const binaries = {};
let client, browser;

before(async () => {
  for (const example of ["plasma", "mirror"]) binaries[example] = await build(example);
  client = await serveSDK("js-sdk-2.2.1");
  browser = await launch();
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  client?.stop();
}, { timeout: 60_000 });

async function serving(t, example, options) {
  const server = await serve(binaries[example], options);
  t.after(async () => assert.equal(await server.stop(), 0, server.log));
  return server;
}

async function viewer(t, options) {
  const page = await open(browser, client.url);
  t.after(() => page.close());
  await hello(page, options);
  return page;
}

const hello = (page, options) => attach(page, { modelName: "plasma", ...options }, { track: "streamChanged", message: "newMessage" });
const picture = (page) => eventually("a picture", () => look(page), ({ width, luma }) => width > 0 && luma > 0);
const local = { local: true }, port = 8080; // the only one that it asks

test("a reload in mid-session finds a session of its own; a server that drops is noticed", { timeout: 60_000 }, async (t) => {
  const first = await serve(binaries.plasma, { port });
  const page = await viewer(t, local);
  for (let i = 0; i < 3; i++) {
    if (i > 0) {
      await page.reload();
      await hello(page, local);
    }
    await connect(page);
    await picture(page);
  }
  first.kill();
  await eventually("the loss", () => said(page), ({ statuses }) => statuses.at(-1) === "disconnected", 15_000);
  await serving(t, "plasma", { port });
  await disconnect(page).catch(() => {}); // it cannot be told: the session is gone
  await connect(page);
  await picture(page);
  assert.ok(await motion(page) > 1, "the picture stands still");
});

test("its statuses follow each other, with a token, and it comes back by PUT", { timeout: 60_000 }, async (t) => {
  const server = await serving(t, "plasma", { flags: ["--token", token] });
  const page = await viewer(t, { coordinatorUrl: server.base });
  const asked = [];
  page.on("request", (r) => asked.push(`${r.method()} ${new URL(r.url()).pathname.replaceAll(/[\da-f]{8}-[\da-f-]+/g, "S")}`));
  await connect(page, "connect", token);
  await picture(page);
  await disconnect(page, true);
  await connect(page, "reconnect");
  await picture(page);
  await disconnect(page);
  for (const line of ["POST /sessions", "PUT /sessions/S/sdp_params", "DELETE /sessions/S"]) assert.ok(asked.includes(line), `${line} is not among\n${asked.join("\n")}`);
  const { statuses, errors } = await said(page);
  assert.deepEqual(statuses, ["connecting", "ready", "disconnected", "connecting", "ready", "disconnected"]);
  assert.deepEqual(errors, []);
});

test("a canvas that it publishes comes back the other way round, over the one section that it has", { timeout: 60_000 }, async (t) => {
  const server = await serving(t, "mirror", { port });
  const page = await viewer(t, local);
  await connect(page);
  await picture(page);
  await publish(page);
  await eventually("blue left, red right", () => look(page),
    ({ left: [lr, , lb], right: [rr, , rb] }) => lb > lr + 100 && rr > rb + 100, 15_000);
  await disconnect(page);
  await eventually("an idle model", () => state(server), (s) => s === "idle");
  assert.deepEqual((await said(page)).errors, []);
});
