import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { decodes, eventually, launch, look, open } from "./browser.js";
import { figure } from "./figures.js";
import { build, serve } from "./model.js";

let server, browser;

before(async () => {
  server = await serve(await build("plasma"));
  browser = await launch({ desktop: true });
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0, server?.log);
}, { timeout: 60_000 });

// A desktop's browser gathers no loopback address and hides its others behind
// names; the server on 127.0.0.1 has to be reached all the same.
test("a browser without the tests' flags shows the picture", { timeout: 60_000 }, async (t) => {
  const page = await open(browser, server.base);
  await eventually("a picture", () => look(page), ({ width }) => width > 0, 20_000);
  const frames = await decodes(page);
  assert.ok(frames > 40, `${frames} frames in 2 s`);
  figure("without flags: frames decoded in 2 s", frames, "frames");
  const { local, remote } = await page.evaluate(() => window.pair());
  t.diagnostic(`${local} → ${remote}`);
  const offered = await page.evaluate(() => window.peers.at(-1).localDescription.sdp.match(/a=candidate.*/g) ?? []);
  t.diagnostic(`offered: ${offered.join("; ") || "no candidate"}`);
});
