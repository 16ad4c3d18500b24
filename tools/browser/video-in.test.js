import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, launch, look, open } from "./browser.js";
import { build, serve } from "./model.js";
import { attach, connect, disconnect, said, serveSDK } from "./sdk.js";

let binary, browser;

before(async () => {
  binary = await build("mirror");
  browser = await launch();
}, { timeout: 600_000 });

after(async () => { await browser?.close(); }, { timeout: 60_000 });

// start serves the model to a page with a client.
async function start(t, version, events) {
  const server = await serve(binary);
  t.after(async () => assert.equal(await server.stop(), 0, server.log));
  const client = await serveSDK(`js-sdk-${version}`);
  t.after(() => client.stop());
  const page = await open(browser, client.url);
  t.after(() => page.close());
  const there = { apiUrl: server.base, coordinatorUrl: server.base }; // as one version and as the other calls it
  await attach(page, { modelName: "mirror", ...there }, events);
  await connect(page, "connect", "anything");
  return page;
}

// draw makes window.camera, a moving picture whose left half has another colour
// than the right one.
const draw = (page, left, right) => page.evaluate(([left, right]) => {
  window.canvas ??= Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
  const context = window.canvas.getContext("2d");
  clearInterval(window.drawing);
  let n = 0;
  window.drawing = setInterval(() => {
    context.fillStyle = left;
    context.fillRect(0, 0, 320, 360);
    context.fillStyle = right;
    context.fillRect(320, 0, 320, 360);
    context.fillStyle = "gray"; // so that no frame is like the one before
    context.fillRect(310 + n++ % 20, 170, 4, 4);
  }, 33);
  window.camera ??= window.canvas.captureStream(30).getVideoTracks()[0];
}, [left, right]);

// halves is how bright the picture is on the left and on the right.
async function halves(page) {
  const { cells } = await look(page);
  const sums = [0, 0];
  cells.forEach((cell, i) => { sums[i % 32 < 16 ? 0 : 1] += cell / (cells.length / 2); });
  return sums;
}

const mirrored = (page, what, good) => eventually(what, () => halves(page), good, 20_000);

test("2.9.0 publishes a canvas by the track's name and sees it the other way round", { timeout: 90_000 }, async (t) => {
  const page = await start(t, "2.9.0", { track: "trackReceived", message: "message" });
  await draw(page, "white", "black");
  await page.evaluate(() => window.reactor.publishTrack("webcam", window.camera));
  await mirrored(page, "black and white", ([left, right]) => left < 40 && right > 215);
  await draw(page, "black", "white");
  await mirrored(page, "white and black", ([left, right]) => left > 215 && right < 40);
  assert.deepEqual((await said(page)).errors, []);

  await page.evaluate(() => window.reactor.unpublishTrack("webcam"));
  await disconnect(page, true);
  await connect(page, "reconnect");
  await draw(page, "white", "black");
  await page.evaluate(() => window.reactor.publishTrack("webcam", window.camera));
  await mirrored(page, "black and white once more", ([left, right]) => left < 40 && right > 215);
});

test("2.2.1 publishes a canvas on its one section", { timeout: 90_000 }, async (t) => {
  const page = await start(t, "2.2.1", { track: "streamChanged", message: "newMessage" });
  await draw(page, "white", "black");
  await page.evaluate(() => window.reactor.publishTrack(window.camera));
  await mirrored(page, "black and white", ([left, right]) => left < 40 && right > 215);
});
