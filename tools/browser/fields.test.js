import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { eventually, launch, open } from "./browser.js";
import { artifacts, build, serve } from "./model.js";

let server, browser, page;

before(async () => {
  server = await serve(await build("everykind", "./internal/everykind"));
  browser = await launch();
  page = await open(browser, server.base, { viewport: { width: 360, height: 740 }, colorScheme: "dark" });
  await eventually("state running", () => page.textContent("#state"), (word) => word === "running", 20_000);
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0, server?.log);
}, { timeout: 60_000 });

const form = (command) => page.locator(`[data-command=${command}]`);
const outcome = (command) => page.textContent(`[data-command=${command}] .outcome`);
const newest = () => page.evaluate(() => document.querySelector("#messages li span")?.textContent);

// reach sends a command after its fields were filled and returns what the model
// got. Some controls send by themselves.
async function reach(command, fill) {
  const f = form(command), send = f.getByRole("button", { name: `Send ${command}` });
  await page.evaluate(() => document.querySelector("#messages ol").replaceChildren());
  await fill(f);
  if (await send.count() > 0) await send.click();
  return JSON.parse(await eventually(`${command} to come back`, newest, (text) => text !== undefined, 5000));
}

const typed = (value) => (f) => f.getByRole("textbox").or(f.getByRole("spinbutton")).first().fill(value);
const key = (name) => (f) => f.getByRole("slider").press(name);
const add = async (f, group, ...values) => {
  for (const value of values) {
    await f.getByRole("button", { name: `Add to ${group}` }).click();
    await page.locator("input:focus").fill(value);
  }
};

const kinds = {
  int: [typed("7"), 7],
  small: [key("Home"), -126], // the lowest multiple of 3
  unsigned: [typed("0"), 0],
  float: [key("End"), 4],
  half: [() => {}, 0.5],
  bool: [(f) => f.getByRole("checkbox").check(), true],
  text: [typed("four"), "four"],
  mood: [(f) => f.getByLabel("calm").check(), "calm"],
  level: [(f) => f.getByLabel("10").check(), 10],
  list: [async (f) => { await typed("1")(f); await add(f, "x", "2", "3"); }, [1, 2, 3]],
  grid: [async (f) => { await f.getByRole("button", { name: "Add to x" }).click(); await add(f, "x 1", "1.5", "2"); }, [[1.5, 2]]],
  pair: [async (f) => { await f.getByLabel("5").first().check(); await f.getByLabel("10").last().check(); }, [5, 10]],
  map: [async (f) => { await add(f, "x", "a b"); await f.getByRole("checkbox").check(); }, { "a b": true }],
  optional: [typed("9"), 9],
  duration: [key("Home"), 0.1],
  any: [typed('{"a":[1]}'), { a: [1] }],
  raw: [typed("words"), "words"],
  file: [(f) => f.locator("input[type=file]").setInputFiles({ name: "cat.png", mimeType: "image/png", buffer: Buffer.from("cat") }), "cat.png"],
};

for (const [command, [fill, want]] of Object.entries(kinds)) {
  test(`a parameter of the kind ${command} reaches the model`, { timeout: 20_000 }, async () => {
    assert.deepEqual(await reach(command, fill), want);
    await eventually("the outcome", () => outcome(command), (text) => text.startsWith("applied"));
  });
}

test("what may be left empty is left out", { timeout: 20_000 }, async () => {
  await form("optional").getByRole("spinbutton").fill("");
  await form("optional").getByRole("button").click();
  const last = () => page.evaluate(() => JSON.parse(window.sent.filter((text) => text.includes('"optional"')).at(-1)).data.data);
  await eventually("a command without its parameter", last, (args) => Object.keys(args).length === 0);
});

test("a struct with fields of every form reaches the model", { timeout: 20_000 }, async () => {
  const got = await reach("place", async (f) => {
    await f.getByRole("slider").first().press("End");
    await f.getByLabel("Name").fill("été");
    await f.getByLabel("Size").fill("3");
    await add(f, "tags", "one");
    await f.getByRole("checkbox", { name: "set near" }).check();
    await f.getByRole("slider").last().press("Home");
    await f.getByLabel("Note").fill("null");
  });
  assert.deepEqual(got, { x: 1, name: "été", mood: "calm", size: 3, tags: ["one"], near: { x: -1 } });
  await form("place").screenshot({ path: path.join(artifacts, "place.png") });
});

test("what is wrong is told where it was typed, and is not sent", { timeout: 20_000 }, async () => {
  const sent = await page.evaluate(() => window.sent.length);
  await form("place").getByLabel("Name").fill("12");
  await form("place").getByRole("button", { name: "Send place" }).click();
  const name = form("place").getByLabel("Name");
  assert.match(await name.evaluate((input) => input.validationMessage), /match \^\[a-zé\]\+\$/);
  assert.ok(await name.evaluate((input) => input === document.activeElement), "the wrong field has not got the focus");
  const commands = await page.evaluate((n) => window.sent.slice(n).filter((text) => JSON.parse(text).scope === "application"), sent);
  assert.deepEqual(commands, []);
});

test("a list keeps to its limits, and its items go by their buttons", { timeout: 20_000 }, async () => {
  const f = form("list");
  assert.equal(await f.getByRole("button", { name: "Add to x" }).isDisabled(), true); // three of three
  await f.getByRole("button", { name: "Remove 2 of x" }).click();
  assert.deepEqual(await reach("list", () => {}), [1, 3]);
  await f.getByRole("button", { name: "Remove 3 of x" }).click();
  assert.equal(await f.getByRole("button", { name: "Remove 1 of x" }).isDisabled(), true); // one of one
});

test("every control has a name, and none is wider than a small phone", { timeout: 20_000 }, async () => {
  const nameless = await page.evaluate(() => [...document.querySelectorAll("button, input, select, [tabindex]")]
    .filter((e) => !e.ariaLabel && !e.labels?.length && !e.textContent.trim() && !e.getAttribute("aria-labelledby")).map((e) => e.outerHTML));
  assert.deepEqual(nameless, []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0, "it scrolls sideways");
  assert.deepEqual(page.errors, []);
});
