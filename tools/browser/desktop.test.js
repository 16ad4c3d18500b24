import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { decodes, eventually, launch, look, open } from "./browser.js";
import { figure } from "./figures.js";
import { build, serve } from "./model.js";

let binary, browser;

before(async () => {
  binary = await build("plasma");
  browser = await launch({ desktop: true });
}, { timeout: 600_000 });

after(async () => { await browser?.close(); }, { timeout: 60_000 });

// A desktop's browser gathers no loopback address and hides its others behind
// names; a server on the loopback has to be reached all the same.
async function watch(t, script) {
  const server = await serve(binary);
  t.after(async () => assert.equal(await server.stop(), 0, server.log));
  const page = await open(browser, server.base, { script });
  t.after(() => page.close());
  await eventually("a picture", () => look(page), ({ width }) => width > 0, 20_000);
  const { local, remote } = await page.evaluate(() => window.pair());
  t.diagnostic(`${local} → ${remote}`);
  return page;
}

test("a browser without the tests' flags shows the picture", { timeout: 60_000 }, async (t) => {
  const page = await watch(t);
  const frames = await decodes(page);
  assert.ok(frames > 40, `${frames} frames in 2 s`);
  figure("without flags: frames decoded in 2 s", frames, "frames");
});

test("a browser without IPv6 reaches 127.0.0.1 from its other addresses", { timeout: 60_000 }, async (t) => {
  const page = await watch(t, () => {
    const { setRemoteDescription } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
      const v4 = sdp.split("\r\n").filter((line) => !/^a=candidate:.* [\da-f]*:[\da-f:]+ /.test(line)).join("\r\n");
      return setRemoteDescription.call(this, { type, sdp: v4 });
    };
  });
  const { remote } = await page.evaluate(() => window.pair());
  assert.match(remote, / 127\.0\.0\.1:/);
});
