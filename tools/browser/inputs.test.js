import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { eventually, launch, look, motion, open, picture } from "./browser.js";
import { artifacts, build, serve } from "./model.js";

let server, browser, page;

before(async () => {
  server = await serve(await build("mirror"));
  browser = await launch();
  page = await open(browser, server.base, { viewport: { width: 360, height: 740 } });
  await picture(page, 20_000);
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0, server?.log);
}, { timeout: 60_000 });

const choose = (name) => page.getByRole("button", { name }).click();
const pressed = (name) => page.getByRole("button", { name }).getAttribute("aria-pressed");

// corners are the luma of the picture's four: top left, top right, and below.
async function corners() {
  const { cells } = await look(page);
  return [33, 62, 513, 542].map((cell) => Math.round(cells[cell])); // one cell inside
}

test("a drawing of the page goes to the model and comes back the other way round", { timeout: 60_000 }, async (t) => {
  await choose("Drawing");
  // From the left, the drawing has red and amber above, green and blue below.
  const [amber, red, blue, green] = await eventually("the corners changed over", corners, ([a, r, b, g]) => a > r + 40 && g > b + 5);
  t.diagnostic(`amber ${amber}, red ${red}, blue ${blue}, green ${green}`);
  assert.equal(await pressed("Drawing"), "true");
  assert.ok(await page.locator(".lane video").isVisible());
  await page.screenshot({ path: path.join(artifacts, "drawing-phone.png"), fullPage: true });
});

test("a camera that was not allowed is said, and nothing is sent", { timeout: 60_000 }, async () => {
  await choose("Camera");
  await eventually("the reason", () => page.textContent(".lane small"), (text) => /Camera: it was not allowed/.test(text));
  assert.deepEqual([await pressed("Off"), await pressed("Camera")], ["true", "false"]);
  assert.equal(await page.locator(".lane video").isVisible(), false);
});

test("the camera goes to the model, also after the page came back by itself", { timeout: 60_000 }, async () => {
  await page.context().grantPermissions(["camera"]);
  await choose("Camera");
  await eventually("a moving picture", () => motion(page, 300), (moved) => moved > 0.05);
  assert.equal(await page.textContent(".lane small"), "");
  await page.evaluate(() => window.peers.at(-1).close()); // the page notices at once
  await page.evaluate(() => window.peers.at(-1).dispatchEvent(new Event("connectionstatechange")));
  await eventually("another connection", () => page.evaluate(() => window.peers.length), (n) => n > 1);
  await eventually("frames sent again", () => page.evaluate(async () => {
    const stats = [...(await window.peers.at(-1).getStats()).values()];
    return stats.find((s) => s.type === "outbound-rtp")?.framesSent ?? 0;
  }), (n) => n > 5);
  await choose("Off");
  assert.equal(await page.locator(".lane video").isVisible(), false);
  assert.deepEqual(page.errors, []);
});
