import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { eventually, launch, open, picture } from "./browser.js";
import { artifacts, build, serve } from "./model.js";

let binary, browser;

before(async () => {
  binary = await build("plasma");
  browser = await launch();
}, { timeout: 600_000 });

after(async () => { await browser?.close(); }, { timeout: 60_000 });

async function visit(t, flags) {
  const server = await serve(binary, { flags });
  t.after(async () => assert.equal(await server.stop(), 0, server.log));
  const page = await open(browser, server.base);
  t.after(() => page.close());
  await picture(page);
  return page;
}

const save = (page) => page.getByRole("button", { name: /Save the last/ });
const said = (page) => page.textContent("#clip span");

test("the page saves the last seconds as a file that plays", { timeout: 60_000 }, async (t) => {
  const page = await visit(t, ["--clips", "30s", "--encoder", "openh264"]);
  await page.waitForTimeout(2000);
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 30_000 }), save(page).click()]);
  const file = path.join(artifacts, download.suggestedFilename());
  await download.saveAs(file);
  const { stderr } = await promisify(execFile)("ffmpeg", ["-v", "info", "-i", file, "-f", "null", "-"]);
  assert.match(stderr, /Video: h264.* 640x360/);
  assert.ok(Number(stderr.match(/frame= *(\d+)(?![^]*frame=)/)[1]) > 30, stderr);
  assert.match(await said(page), /^saved, \d+ kB$/);
  assert.deepEqual(page.errors, []);
});

test("why there is no clip is said, and where there are none nothing is offered", { timeout: 60_000 }, async (t) => {
  const page = await visit(t, ["--clips", "30s", "--encoder", "vp8"]);
  await save(page).click();
  t.diagnostic(await eventually("a reason", () => said(page), (text) => text.startsWith("no clip: ")));
  const without = await visit(t, ["--clips", "0s"]);
  assert.equal(await save(without).count(), 0);
});
