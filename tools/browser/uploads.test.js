import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { eventually, launch, open } from "./browser.js";
import { figure } from "./figures.js";
import { artifacts, build, serve } from "./model.js";
import { attach, command, connect, disconnect, said, serveSDK } from "./sdk.js";

let binary, client, browser;

before(async () => {
  binary = await build("digest", "./internal/digest");
  client = await serveSDK("js-sdk-2.9.0");
  await mkdir(artifacts, { recursive: true });
  browser = await launch();
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  client?.stop();
}, { timeout: 60_000 });

async function serving(t, flags) {
  const server = await serve(binary, { flags });
  t.after(async () => assert.equal(await server.stop(), 0, server.log));
  return server;
}

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const messages = async (page, count) =>
  (await eventually(`${count} messages`, () => said(page), ({ messages }) => messages.length >= count)).messages;

// upload makes a file of bytes in the SDK's page and uploads it as window.file.
const upload = (page, bytes, name, type) => page.evaluate(async ([base64, name, type]) => {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  window.file = await window.reactor.uploadFile(new File([bytes], name, { type }));
}, [bytes.toString("base64"), name, type]);

test("2.9.0 uploads a file and uses it in a command", { timeout: 60_000 }, async (t) => {
  const server = await serving(t);
  const page = await open(browser, client.url);
  t.after(() => page.close());
  await attach(page, { modelName: "digest", local: true, apiUrl: server.base }, { track: "trackReceived", message: "message" });
  await connect(page);
  const bytes = randomBytes(70_000);
  const started = performance.now();
  await upload(page, bytes, "../a cat.png", "image/png");
  await page.evaluate(() => window.reactor.sendCommand("digest", { file: window.file, note: "first" }));
  const [message] = await messages(page, 1);
  figure("2.9.0: 70 000 bytes uploaded and digested", performance.now() - started, "ms");
  assert.deepEqual(message, { type: "digested", data: { note: "first", name: "../a cat.png", type: "image/png", size: 70_000, sha256: digest(bytes) } });

  await disconnect(page, true);
  await connect(page, "reconnect");
  await page.evaluate(() => window.reactor.sendCommand("digest", { file: window.file, note: "after reconnect" }));
  const [, again] = await messages(page, 2);
  assert.deepEqual([again.data.note, again.data.sha256], ["after reconnect", digest(bytes)]);

  const old = await page.evaluate(() => ({ upload_id: window.file.uploadId }));
  await disconnect(page);
  await connect(page);
  await command(page, "digest", { file: old });
  const { runtime, errors } = await eventually("a refusal", () => said(page), ({ runtime }) => runtime.some(({ type }) => type === "commandRefused"));
  const { data } = runtime.find(({ type }) => type === "commandRefused");
  assert.deepEqual([data.command, data.code, data.param], ["digest", "unresolved_upload", "file"], JSON.stringify(data));
  assert.deepEqual(errors, []);
});

test("2.9.0 is told that a file is too large", { timeout: 60_000 }, async (t) => {
  const server = await serving(t, ["--max-upload", "1KiB"]);
  const page = await open(browser, client.url);
  t.after(() => page.close());
  await attach(page, { modelName: "digest", local: true, apiUrl: server.base }, { track: "trackReceived", message: "message" });
  await connect(page);
  await assert.rejects(upload(page, randomBytes(1025), "a", ""), /400.*it has 1025 bytes, at most 1024 are taken/);
});

const outcome = (page, name) => page.textContent(`[data-command=${name}] .outcome`);
const listed = (page) => page.$$eval("#messages li", (items) => items.map((item) => item.textContent));

async function visit(t, flags, options) {
  const server = await serving(t, flags);
  const page = await open(browser, server.base, options);
  t.after(() => page.close());
  await eventually("state running", () => page.textContent("#state"), (word) => word === "running", 20_000);
  return page;
}

const fill = (page, label, ...files) =>
  page.getByLabel(label).setInputFiles(files.map(([name, buffer]) => ({ name, mimeType: "image/png", buffer })));

test("the page uploads what is chosen and sends it with its command", { timeout: 60_000 }, async (t) => {
  const page = await visit(t);
  const bytes = randomBytes(70_000);
  const form = page.locator("[data-command=digest]");
  await form.locator("button").click(); // without a file, it does not go out
  await form.locator("input[type=file]").setInputFiles({ name: "a cat.png", mimeType: "image/png", buffer: bytes });
  await form.getByRole("textbox").fill("hello");
  await form.locator("button").click();
  await eventually("the outcome", () => outcome(page, "digest"), (text) => text.startsWith("applied"));
  const [text] = await eventually("a message", () => listed(page), (all) => all.length === 1);
  const want = JSON.stringify({ note: "hello", name: "a cat.png", type: "image/png", size: 70_000, sha256: digest(bytes) });
  assert.ok(text.includes(want), `${text}\nwant ${want}`);

  // The same file again is not sent again.
  const announced = () => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /\/uploads$/.test(name)).length);
  await form.getByRole("textbox").fill("again");
  await form.locator("button").click();
  await eventually("a second message", () => listed(page), (all) => all.some((one) => one.includes('"again"')));
  assert.equal(await announced(), 1);
  assert.deepEqual(page.errors, []);
});

test("the page sends several files, and one that may be left out", { timeout: 60_000 }, async (t) => {
  const page = await visit(t);
  const all = [randomBytes(100), randomBytes(200), randomBytes(300)];
  await fill(page, "Files", ["0", all[0]], ["1", all[1]]);
  const form = page.locator("[data-command=compare]");
  await form.locator("button").click();
  await eventually("two messages", () => listed(page), (list) => list.length === 2);
  await fill(page, "Other", ["2", all[2]]);
  await form.locator("button").click();
  const list = await eventually("three more", () => listed(page), (list) => list.length === 5);
  for (const bytes of all) assert.ok(list.some((one) => one.includes(digest(bytes))), list.join("\n"));
  assert.deepEqual(page.errors, []);
});

test("the page shows how far an upload is, and why one is refused", { timeout: 90_000 }, async (t) => {
  const page = await visit(t, ["--max-upload", "8MiB"]);
  const form = page.locator("[data-command=pin]");
  await form.locator("input[type=file]").setInputFiles({ name: "big.bin", mimeType: "", buffer: Buffer.alloc(8 << 20, 1) });
  const network = await page.context().newCDPSession(page);
  const slow = (uploadThroughput) => network.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await network.send("Network.enable");
  await slow(4 << 20);
  await form.locator("button").click();
  await eventually("a part", () => form.locator("progress").evaluate((bar) => bar.hidden ? 0 : bar.value / bar.max), (part) => part > 0.1 && part < 1);
  assert.match(await outcome(page, "pin"), /^sending big\.bin: \d+ %$/);
  await eventually("the outcome", () => outcome(page, "pin"), (text) => text.startsWith("applied"), 20_000);
  assert.ok(await form.locator("progress").evaluate((bar) => bar.hidden));
  await slow(-1);

  await form.locator("input[type=file]").setInputFiles({ name: "bigger.bin", mimeType: "", buffer: Buffer.alloc((8 << 20) + 1) });
  await form.locator("button").click();
  await eventually("the refusal", () => outcome(page, "pin"), (text) => /^refused: bigger\.bin: .*8388609 bytes, at most 8388608/.test(text));
  await form.locator("input[type=file]").setInputFiles({ name: "empty", mimeType: "", buffer: Buffer.alloc(0) });
  await form.locator("button").click();
  await eventually("the refusal", () => outcome(page, "pin"), (text) => /^refused: empty: .*size must be more than 0/.test(text));
});

test("a file's control fits a phone", { timeout: 60_000 }, async (t) => {
  const options = { colorScheme: "light", viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
  const page = await visit(t, ["--max-upload", "1MiB"], options);
  await fill(page, "Files", ["one with a rather long name, as phones give them.jpeg", randomBytes(10)]);
  const pin = page.locator("[data-command=pin]");
  await pin.locator("input[type=file]").setInputFiles({ name: "holiday.mp4", mimeType: "video/mp4", buffer: Buffer.alloc((1 << 20) + 1) });
  await pin.locator("button").click();
  await eventually("the refusal", () => outcome(page, "pin"), (text) => text.startsWith("refused"));
  await page.locator("[data-command=digest]").scrollIntoViewIfNeeded();
  await page.screenshot({ path: path.join(artifacts, "upload-phone.png") });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} pixels wider than the screen`);
});
