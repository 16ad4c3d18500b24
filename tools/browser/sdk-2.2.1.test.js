import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { decodes, eventually, launch, look, motion, open } from "./browser.js";
import { figure, median } from "./figures.js";
import { build, serve, state } from "./model.js";
import { attach, command, connect, disconnect, said, serveSDK } from "./sdk.js";

let server, client, browser, page;

before(async () => {
  server = await serve(await build("plasma"), { port: 8080 }); // 2.2.1 asks no other port
  client = await serveSDK("js-sdk-2.2.1");
  browser = await launch();
  page = await open(browser, client.url);
  await attach(page, { modelName: "plasma", local: true }, { track: "streamChanged", message: "newMessage" });
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  client?.stop();
  assert.equal(await server?.stop(), 0, server?.log);
}, { timeout: 60_000 });

// ask repeats a command until done holds: 2.2.1 is ready before its channel is
// open, and loses what it is told in between.
function ask(what, name, args, done) {
  return eventually(what, async () => {
    await command(page, name, args);
    await page.waitForTimeout(200);
    return { ...(await look(page)), ...(await said(page)) };
  }, done);
}

test("2.2.1 connects and sees the model's picture move", { timeout: 60_000 }, async () => {
  await connect(page);
  const { width, height } = await eventually("a picture", () => look(page), ({ width }) => width > 0);
  assert.deepEqual([width, height], [640, 360]);
  const frames = await decodes(page);
  assert.ok(frames > 40, `${frames} frames in 2 s`);
  assert.ok(await motion(page) > 1, "the picture stands still");
  figure("2.2.1: frames decoded in 2 s", frames, "frames");
});

test("2.2.1 asks for the capabilities as by a command", { timeout: 60_000 }, async () => {
  const { messages } = await ask("capabilities", "requestCapabilities", {}, ({ messages }) => messages.some((m) => m.commands));
  const { commands } = messages.find((m) => m.commands);
  assert.deepEqual(Object.keys(commands).sort(), ["set_palette", "set_prompt", "set_speed"]);
  assert.equal(commands.set_speed.schema.speed.maximum, 4);
});

test("2.2.1 steers: a command changes the colours and the model says so", { timeout: 60_000 }, async () => {
  const { mean: [red, , blue] } = await look(page);
  assert.ok(blue > red + 20, `ocean is blue, not ${red} red, ${blue} blue`);
  const { messages } = await ask("an ember picture", "set_palette", { palette: "ember" }, ({ mean: [r, , b] }) => r > b + 40);
  assert.deepEqual(messages.at(-1), { type: "changed", data: { what: "palette", value: "ember" } });
});

test("2.2.1 leaves and comes back to its session, as it left it", { timeout: 60_000 }, async () => {
  await disconnect(page, true);
  assert.equal(await state(server), "running");
  await connect(page, "reconnect");
  await eventually("the ember picture of before", () => look(page), ({ mean: [r, , b] }) => r > b + 40);
  assert.ok(await decodes(page) > 40, "few frames after reconnect");
  await ask("a forest picture", "set_palette", { palette: "forest" }, ({ mean: [r, g, b] }) => g > r && g > b + 20);
});

test("2.2.1 ends its session and starts another, which knows nothing of the first", { timeout: 60_000 }, async () => {
  const times = [];
  for (let i = 0; i < 3; i++) {
    await disconnect(page);
    await eventually("an idle model", () => state(server), (s) => s === "idle");
    times.push(await connect(page));
  }
  await eventually("an ocean picture", () => look(page), ({ mean: [r, , b] }) => b > r + 20);
  assert.deepEqual((await said(page)).errors, []);
  figure("2.2.1: connect() to ready, median of 3", median(times), "ms");
});
