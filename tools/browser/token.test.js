import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, launch, open, picture } from "./browser.js";
import { build, serve } from "./model.js";

let binary, browser;

before(async () => {
  binary = await build("plasma");
  browser = await launch();
}, { timeout: 600_000 });

after(async () => { await browser?.close(); }, { timeout: 60_000 });

// running waits until the page shows a picture.
async function running(page) {
  await eventually("state running", () => page.textContent("#state"), (got) => got === "running", 20_000);
  await picture(page);
}

test("the page takes the token from the address, and keeps it from then on", { timeout: 90_000 }, async (t) => {
  const server = await serve(binary, { flags: ["--host", "0.0.0.0"] });
  t.after(async () => assert.equal(await server.stop(), 0, server.log));
  const [address, token] = server.base.split("#token=");
  assert.match(token ?? "", /^\w{20,}$/, server.base);

  const page = await open(browser, address);
  t.after(() => page.close());
  await eventually("a reason", () => page.textContent("#notice"), (text) => text.includes("this server wants its token"));

  const told = [];
  page.on("console", (message) => told.push(message.text()));
  page.on("request", (request) => told.push(request.url()));
  await page.evaluate((hash) => { location.hash = hash; }, `token=${token}`);
  await running(page);
  assert.equal(page.url(), address);
  await page.reload();
  await running(page);
  assert.ok(![...told, server.log].join("\n").includes(token), "the token is in a log, a message or an address");
});
