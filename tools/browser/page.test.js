import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { decoding, eventually, launch, look, motion, open, picture } from "./browser.js";
import { figure } from "./figures.js";
import { artifacts, build, serve } from "./model.js";

const binaries = {};
let browser;

before(async () => {
  for (const example of ["plasma", "brightness", "worldwalk"]) binaries[example] = await build(example);
  await mkdir(artifacts, { recursive: true });
  browser = await launch();
}, { timeout: 600_000 });

after(async () => { await browser?.close(); }, { timeout: 60_000 });

// visit serves an example for one test and opens its page.
async function visit(t, example, flags) {
  const server = await serve(binaries[example], { flags });
  t.after(async () => assert.equal(await server.stop(), 0, server.log));
  const page = await open(browser, server.base);
  t.after(() => page.close());
  await running(page);
  return { server, page };
}

const word = (page) => page.textContent("#state");
const until = (page, wanted) => eventually(`state ${wanted}`, () => word(page), (got) => got === wanted, 20_000);

async function running(page) {
  await until(page, "running");
  return picture(page);
}

const outcome = (page, command) => page.textContent(`[data-command=${command}] .outcome`);

// tabTo presses Tab until an element that matches has the focus.
async function tabTo(page, selector) {
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  assert.fail(`Tab does not reach ${selector}`);
}

test("the page shows a moving picture under the model's name", { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t, "plasma");
  assert.equal(await page.title(), "plasma");
  assert.equal(await page.textContent("h1"), "plasma");
  assert.ok(await motion(page) > 1, "the picture stands still");
  assert.deepEqual(page.errors, []);
});

test("a choice changes the colours, and the model's message appears", { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t, "plasma");
  const { mean: [red, , blue] } = await look(page);
  assert.ok(blue > red + 20, `ocean is blue, not ${red} red, ${blue} blue`);
  await page.getByLabel("ember").check();
  await eventually("an ember picture", () => look(page), ({ mean: [r, , b] }) => r > b + 40);
  await eventually("the message", () => page.textContent("#messages ol"), (text) => text.includes('changed {"what":"palette","value":"ember"}'));
  await eventually("the outcome", () => outcome(page, "set_palette"), (text) => /^applied, frame \d+$/.test(text));
  assert.deepEqual(page.errors, []);
});

test("a text is sent by Enter and changes the picture", { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t, "plasma");
  await page.getByRole("slider").press("Home"); // speed 0: what changes is the prompt's doing
  await eventually("a picture that stands still", () => motion(page), (moved) => moved < 0.5);
  const before = await look(page);
  await page.getByRole("textbox").fill("a quiet sea");
  await page.keyboard.press("Enter");
  await eventually("another picture", () => look(page), ({ cells }) =>
    cells.reduce((sum, cell, i) => sum + Math.abs(cell - before.cells[i]), 0) / cells.length > 5);
  assert.equal(await page.getByRole("textbox").getAttribute("maxlength"), "200");
});

test("the keyboard alone reaches and moves everything", { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t, "plasma");
  await tabTo(page, "#session");
  await tabTo(page, "video");
  await tabTo(page, "[data-command=set_speed] input");
  await page.keyboard.press("Home");
  await eventually("a picture that stands still", () => motion(page), (moved) => moved < 0.5);
  await page.keyboard.press("End");
  await eventually("a picture that moves", () => motion(page), (moved) => moved > 1);
  assert.equal(await page.textContent("[data-command=set_speed] output"), "4.00");
  await tabTo(page, "[data-command=set_palette] input");
  await page.keyboard.press("ArrowRight");
  await eventually("an ember picture", () => look(page), ({ mean: [r, , b] }) => r > b + 40);
  await tabTo(page, "#pause");
  await page.keyboard.press("Enter");
  assert.equal(await page.textContent("#pause"), "Resume");
  for (let i = 0; i < 4; i++) await page.keyboard.press("Tab"); // off the page's end, and round
  await tabTo(page, "#session");
  await page.keyboard.press("Enter");
  await until(page, "ready");
  await page.keyboard.press("Enter"); // the button keeps the focus
  await running(page);
  assert.equal(await page.textContent("[data-command=set_speed] output"), "1.00");
  assert.deepEqual(page.errors, []);
});

test("a slider changes how bright the picture is", { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t, "brightness");
  const { width, height, luma } = await look(page);
  assert.deepEqual([width, height], [640, 480]);
  const slider = page.getByRole("slider");
  await slider.press("Home");
  const dark = await eventually("a dark picture", () => look(page), (p) => p.luma < luma / 3);
  await slider.press("End");
  await eventually("a bright picture", () => look(page), (p) => p.luma > luma * 1.4);
  t.diagnostic(`luma ${luma.toFixed(0)}, at 0: ${dark.luma.toFixed(0)}`);
  assert.deepEqual(page.errors, []);
});

test("a slider that is dragged sends its newest position, some thirty times a second", { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t, "brightness");
  const { luma } = await look(page);
  const box = await page.getByRole("slider").boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width - 2, y);
  await page.mouse.down();
  const from = await sent(page);
  const started = Date.now();
  await page.mouse.move(box.x + 2, y, { steps: 300 });
  const seconds = (Date.now() - started) / 1000;
  await page.mouse.up();
  await eventually("a dark picture", () => look(page), (p) => p.luma < luma / 3);
  const count = await sent(page) - from;
  t.diagnostic(`${count} commands for 300 positions in ${seconds} s`);
  assert.ok(count > 1 && count <= 31 * seconds + 3, `${count} commands in ${seconds} s`);
});

// sent is how many commands the page has sent.
const sent = (page) => page.evaluate(() => window.sent.filter((text) => JSON.parse(text).scope === "application").length);

test("the arrow keys walk while the picture has the focus", { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t, "worldwalk");
  assert.match(await page.textContent("#hint"), /arrow keys send walk/);
  assert.ok(await motion(page) < 0.5, "it moves before a key is down");
  await page.keyboard.down("ArrowLeft");
  assert.ok(await motion(page) < 0.5, "it moves although the picture has no focus");
  await page.keyboard.up("ArrowLeft");
  await page.click("video");
  await page.keyboard.down("ArrowLeft");
  await eventually("a turning world", () => motion(page), (moved) => moved > 2);
  await page.keyboard.up("ArrowLeft");
  await eventually("a world that stands still", () => motion(page), (moved) => moved < 0.5);
  assert.deepEqual(page.errors, []);
});

test("a second viewer is told that the session is held, and may try again", { timeout: 60_000 }, async (t) => {
  const { server, page: holder } = await visit(t, "plasma", ["--max-viewers", "1"]);
  const second = await open(browser, server.base);
  t.after(() => second.close());
  await until(second, "in use");
  t.diagnostic(`told: ${await second.textContent("#notice")}`);
  assert.notEqual(await second.textContent("#notice"), "");
  assert.equal(await word(holder), "running");
  await holder.getByRole("button", { name: "Stop" }).click();
  await until(holder, "ready");
  await second.getByRole("button", { name: "Try again" }).click();
  await running(second);
});

test("a reload of the page shows the picture again", { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t, "plasma");
  for (let i = 0; i < 4; i++) { // the former page's goodbye and the next one's hello cross
    await page.reload();
    await running(page);
  }
  assert.ok(await motion(page) > 1, "the picture stands still");
  assert.deepEqual(page.errors, []);
});

for (const [encoder, codec] of [["openh264", "H264"], ["vp8", "VP8"]]) {
  test(`the page measures what reaches the viewer through ${encoder}`, { timeout: 60_000 }, async (t) => {
    const { page } = await visit(t, "plasma", ["--encoder", encoder]);
    // The figures look back three seconds; what is decoded meanwhile is what they
    // should say, however much the machine has to do besides.
    const read = () => page.$$eval("#numbers dl > div", (pairs) =>
      Object.fromEntries(pairs.map((pair) => [...pair.children].map((child) => child.textContent))));
    const [numbers] = await eventually("an honest frame rate", async () => {
      const [{ frames, seconds }, n] = [await decoding(page, 3000), await read()];
      return [n, frames / seconds];
    }, ([n, rate]) => rate > 1 && Math.abs(Number.parseFloat(n["frames per second"]) / rate - 1) < 0.15, 40_000);
    t.diagnostic(JSON.stringify(numbers));
    const value = (name) => Number.parseFloat(numbers[name].replace("≈", ""));
    assert.equal(numbers.picture, `640 × 360 ${codec}`);
    const [presented, most, screen] = ["emitted to presented", "99 of 100 within", "emitted to screen"].map(value);
    assert.ok(presented > 0 && presented <= most && presented <= screen && screen < 500, JSON.stringify(numbers));
    assert.ok(value("bit rate") > 50, numbers["bit rate"]);
    // The parts of a frame's way, from the model's own pace on, are those of the whole.
    const parts = await page.$$eval("#path li", (rows) => rows.map((row) => [row.dataset.part, row.querySelector(".ms").textContent]));
    assert.deepEqual(parts.map(([name]) => name), ["model", "wait", "encode", "network", "present"]);
    for (const [name, text] of parts) assert.match(text, name === "wait" || name === "network" ? /^≈ [\d.]+ ms$/ : /^[\d.]+ ms$/, name);
    assert.ok(Number.parseFloat(parts[0][1]) > 20, `the model takes ${parts[0][1]} for a frame`);
    figure(`${codec}: frames a second`, value("frames per second"), "fps");
    figure(`${codec}: emitted to presented, median of 3 s`, presented, "ms");
    figure(`${codec}: emitted to presented, 99 of 100`, most, "ms");
    figure(`${codec}: emitted to screen, median of 3 s`, screen, "ms");
    figure(`${codec}: round trip of a message`, value("round trip"), "ms");
    figure(`${codec}: bit rate`, value("bit rate"), "kbit/s");
  });
}

test("the page has a program that does the same, to be copied", { timeout: 60_000 }, async (t) => {
  const { server, page } = await visit(t, "plasma");
  const program = await page.textContent("#snippet pre");
  for (const part of ['modelName: "plasma"', `apiUrl: "${server.base}"`, 'sendCommand("set_speed", { speed: 1 })']) {
    assert.ok(program.includes(part), `${part} is not in\n${program}`);
  }
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy" }).click();
  await eventually("the outcome", () => page.textContent("#copied"), (text) => text === "copied");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), program);
});

test("a built server's first frame is in the page soon", { timeout: 60_000 }, async (t) => {
  const server = await serve(binaries.plasma);
  t.after(() => server.stop());
  const page = await open(browser, server.base);
  t.after(() => page.close());
  const shown = await page.evaluate(() => new Promise((done) => {
    const video = document.querySelector("video");
    if (video.videoWidth) done(performance.timeOrigin + performance.now());
    video.requestVideoFrameCallback((now) => done(performance.timeOrigin + now));
  }));
  figure("start of the server to its first frame in the page", shown - server.started, "ms");
  assert.ok(shown - server.started < 3000, "the first frame takes more than 3 s");
});

test("the page looks good in light, in dark and on a phone", { timeout: 60_000 }, async (t) => {
  const { server, page: first } = await visit(t, "plasma");
  await first.close();
  const screens = {
    light: { colorScheme: "light", viewport: { width: 1280, height: 860 } },
    dark: { colorScheme: "dark", viewport: { width: 1280, height: 860 } },
    phone: { colorScheme: "light", viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
  };
  for (const [name, options] of Object.entries(screens)) {
    const page = await open(browser, server.base, options);
    await running(page);
    await page.getByLabel(name === "dark" ? "ember" : "ocean").check();
    await page.getByRole("textbox").fill(`a ${name} sea`);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(1500); // until all figures stand
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: path.join(artifacts, `${name}.png`) });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name}: ${wide} pixels wider than the screen`);
    assert.deepEqual(page.errors, [], name);
    await page.close();
  }
});
