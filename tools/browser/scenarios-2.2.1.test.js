import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, launch, motion, open, picture } from "./browser.js";
import { build, serve } from "./model.js";
import { attach, connect, disconnect, said, serveSDK } from "./sdk.js";

const token = "open-sesame-open-sesame";
let binary, client, browser;

before(async () => {
  binary = await build("plasma");
  client = await serveSDK("js-sdk-2.2.1");
  browser = await launch();
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  client?.stop();
}, { timeout: 60_000 });

async function serving(t, options) {
  const server = await serve(binary, options);
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

test("a reload in mid-session finds a session of its own; a server that drops is noticed", { timeout: 60_000 }, async (t) => {
  const first = await serve(binary);
  const at = { coordinatorUrl: first.base };
  const page = await viewer(t, at);
  for (let i = 0; i < 3; i++) {
    if (i > 0) {
      await page.reload();
      await hello(page, at);
    }
    await connect(page, "connect", "anything");
    await picture(page);
  }
  first.kill();
  await eventually("the loss", () => said(page), ({ statuses }) => statuses.at(-1) === "disconnected", 15_000);
  await serving(t, { port: first.port });
  await disconnect(page).catch(() => {}); // it cannot be told: the session is gone
  await connect(page, "connect", "anything");
  await picture(page);
  assert.ok(await motion(page) > 1, "the picture stands still");
});

test("its statuses follow each other, with a token, and it comes back by PUT", { timeout: 60_000 }, async (t) => {
  const server = await serving(t, { flags: ["--token", token] });
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
