import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { decodes, eventually, launch, look, motion, open } from "./browser.js";
import { figure, median } from "./figures.js";
import { build, serve, state } from "./model.js";
import { attach, command, connect, disconnect, said, serveSDK } from "./sdk.js";

let server, client, browser, page;

before(async () => {
  server = await serve(await build("plasma"));
  client = await serveSDK("js-sdk-2.9.0");
  browser = await launch();
  page = await open(browser, client.url);
  await attach(page, { modelName: "plasma", local: true, apiUrl: server.base }, { track: "trackReceived", message: "message" });
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  client?.stop();
  assert.equal(await server?.stop(), 0, server?.log);
}, { timeout: 60_000 });

const picture = () => eventually("a picture", () => look(page), ({ width }) => width > 0);

test("2.9.0 connects and sees the model's picture move", { timeout: 60_000 }, async () => {
  await connect(page);
  const { width, height } = await picture();
  assert.deepEqual([width, height], [640, 360]);
  const frames = await decodes(page);
  assert.ok(frames > 40, `${frames} frames in 2 s`);
  assert.ok(await motion(page) > 1, "the picture stands still");
  figure("2.9.0: frames decoded in 2 s", frames, "frames");
});

test("2.9.0 steers: a command changes the colours and the model says so", { timeout: 60_000 }, async () => {
  const { mean: [red, , blue] } = await look(page);
  assert.ok(blue > red + 20, `ocean is blue, not ${red} red, ${blue} blue`);
  await command(page, "set_palette", { palette: "ember" });
  await eventually("an ember picture", () => look(page), ({ mean: [r, , b] }) => r > b + 40);
  const { messages, runtime } = await eventually("a message", () => said(page), ({ messages }) => messages.length > 0);
  assert.deepEqual(messages.at(-1), { type: "changed", data: { what: "palette", value: "ember" } });
  const outcome = runtime.find(({ type }) => type === "commandApplied");
  assert.equal(outcome?.data.command, "set_palette");
  assert.ok(outcome.data.frame > 0, JSON.stringify(outcome));
});

test("2.9.0 is told why a command is refused", { timeout: 60_000 }, async () => {
  await command(page, "set_speed", { speed: 5 });
  const { runtime } = await eventually("a refusal", () => said(page), ({ runtime }) => runtime.some(({ type }) => type === "commandRefused"));
  const { data } = runtime.find(({ type }) => type === "commandRefused");
  assert.equal(data.command, "set_speed");
  assert.equal(data.param, "speed");
});

test("2.9.0 leaves and comes back to its session, as it left it", { timeout: 60_000 }, async () => {
  await disconnect(page, true);
  assert.equal(await state(server), "running");
  await connect(page, "reconnect");
  await eventually("the ember picture of before", () => look(page), ({ mean: [r, , b] }) => r > b + 40);
  assert.ok(await decodes(page) > 40, "few frames after reconnect");
});

test("2.9.0 ends its session and starts another, which knows nothing of the first", { timeout: 60_000 }, async () => {
  const times = [];
  for (let i = 0; i < 3; i++) {
    await disconnect(page);
    await eventually("an idle model", () => state(server), (s) => s === "idle");
    times.push(await connect(page));
  }
  await eventually("an ocean picture", () => look(page), ({ mean: [r, , b] }) => b > r + 20);
  assert.deepEqual((await said(page)).errors, []);
  figure("2.9.0: connect() to ready, median of 3", median(times), "ms");
});
