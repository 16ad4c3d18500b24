import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { eventually, launch, motion, open, picture } from "./browser.js";
import { artifacts, build, serve } from "./model.js";

let binary, browser;

before(async () => {
  binary = await build("moody", "./internal/moody");
  await mkdir(artifacts, { recursive: true });
  browser = await launch();
}, { timeout: 600_000 });

after(async () => { await browser?.close(); }, { timeout: 60_000 });

const until = (page, wanted) => eventually(`state ${wanted}`, () => page.textContent("#state"), (got) => got === wanted, 20_000);
const notice = (page) => page.textContent("#notice");
const events = (page) => page.$$eval("#events li", (items) => items.map((item) => item.textContent.slice(9)));

async function running(page) {
  await until(page, "running");
  return picture(page);
}

async function serving(t, flags, code = 0) {
  const server = await serve(binary, { flags });
  t.after(async () => assert.equal(await server.stop(), code, server.log));
  return server;
}

async function visit(t, server, scheme = "light") {
  const page = await open(browser, server.base, { colorScheme: scheme, viewport: { width: 1000, height: 700 } });
  t.after(() => page.close());
  return page;
}

const keep = (page, name) => page.screenshot({ path: path.join(artifacts, `${name}.png`) });

test("while the model loads the page says so, and begins by itself", { timeout: 60_000 }, async (t) => {
  const page = await visit(t, await serving(t, ["--model.load=3s"]));
  await until(page, "loading");
  assert.equal(await notice(page), "the model is loading");
  await keep(page, "loading");
  await running(page);
  assert.equal(await notice(page), "");
});

test("a model that does not load is told", { timeout: 60_000 }, async (t) => {
  const page = await visit(t, await serving(t, ["--model.load=3s", "--model.broken=the weights are of another model"], 1));
  await until(page, "model error");
  assert.match(await notice(page), /did not load/);
  assert.deepEqual((await events(page))[0].split(" ").slice(0, 2), ["model", "error"]);
  await keep(page, "not-loaded");
});

test("a session that fails ends with the model's words, and another may begin", { timeout: 60_000 }, async (t) => {
  const page = await visit(t, await serving(t), "dark");
  await running(page);
  await page.locator("[data-command=fail] button").click();
  await until(page, "model error");
  assert.match(await notice(page), /out of paint/);
  const told = await events(page);
  assert.ok(told.some((text) => /^ended error: out of paint$/.test(text)), told.join("\n"));
  assert.ok(told.some((text) => /^fail applied, frame \d+$/.test(text)), told.join("\n"));
  assert.ok(told.some((text) => /^started /.test(text)), told.join("\n"));
  await keep(page, "crashed");
  await page.getByRole("button", { name: "Start again" }).click();
  await running(page);
  assert.ok(await motion(page) > 1, "the picture stands still");
});

test("a command that panics fails, and the session goes on", { timeout: 60_000 }, async (t) => {
  const page = await visit(t, await serving(t));
  await running(page);
  await page.locator("[data-command=panic] button").click();
  await eventually("the outcome", () => page.textContent("[data-command=panic] .outcome"), (text) => /^failed: .*a brush is missing/.test(text));
  assert.equal(await page.textContent("#state"), "running");
});

test("a model that comes to its end is no failure", { timeout: 60_000 }, async (t) => {
  const page = await visit(t, await serving(t));
  await running(page);
  await page.locator("[data-command=finish] button").click();
  await until(page, "ready");
  assert.match(await notice(page), /finished/);
});

test("a connection that is lost is told, and comes back by itself", { timeout: 60_000 }, async (t) => {
  const first = await serve(binary);
  const page = await visit(t, first);
  await running(page);
  first.kill();
  await until(page, "disconnected");
  await eventually("the next attempt to be told", () => notice(page), (text) => /cannot be reached; trying again in/.test(text), 15_000);
  await keep(page, "lost");
  const second = await serve(binary, { port: first.port });
  t.after(() => second.stop());
  await running(page);
  const told = await events(page);
  assert.ok(told.some((text) => text.startsWith("disconnected")), told.join("\n"));
  assert.ok(await motion(page) > 1, "the picture stands still");
});

test("a viewer for whom there is no room is told", { timeout: 60_000 }, async (t) => {
  const server = await serving(t, ["--max-viewers", "1"]);
  const holder = await visit(t, server), second = await visit(t, server);
  await running(holder);
  await until(second, "in use");
  await keep(second, "busy");
});
