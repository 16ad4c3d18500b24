// A browser is a headless Chromium of the machine's own.

import { accessSync, constants } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const quiet = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--use-fake-device-for-media-stream", // a camera that shows a clock
];

// loopback lets WebRTC gather loopback addresses, which it does not by itself,
// so that the tests need no network.
const loopback = ["--allow-loopback-in-peer-connection", "--disable-features=WebRtcHideLocalIpsWithMdns"];

// launch starts the browser: as on a user's desktop if desktop is set, else for
// a machine that may have nothing but loopback.
export function launch({ desktop = false } = {}) {
  return chromium.launch({ executablePath: find("chromium"), args: desktop ? quiet : [...quiet, ...loopback], timeout: 60_000 });
}

function find(tool) {
  for (const folder of process.env.PATH.split(path.delimiter)) {
    const file = path.join(folder, tool);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {} // not here: look in the next folder
  }
  throw new Error(`${tool} is not in PATH; these tests need it`);
}

// open opens a page that can look at its own picture, and collects in
// page.errors what its console complains about. The script, if any, runs in the
// page first.
export async function open(browser, url, { script, ...options } = {}) {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(15_000);
  page.errors = [];
  page.on("console", (message) => { if (message.type() === "error") page.errors.push(message.text()); });
  page.on("pageerror", (err) => page.errors.push(String(err)));
  await page.addInitScript(eyes);
  if (script) await page.addInitScript(script);
  await page.goto(url);
  return page;
}

// eyes runs in the page before anything else. It gives window a look at the
// video's colours, at the peer connections, whoever makes them, and at what is
// sent over their channels.
function eyes() {
  const { send } = RTCDataChannel.prototype;
  window.sent = [];
  RTCDataChannel.prototype.send = function (text) {
    window.sent.push(text);
    send.call(this, text);
  };

  const Native = window.RTCPeerConnection;
  window.peers = [];
  window.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args);
      window.peers.push(this);
    }
  };

  // look returns the size of the picture, the mean of its red, green and blue,
  // its luma, and the luma of each cell of a coarse grid, all from 0 to 255.
  window.look = () => {
    const video = document.querySelector("video");
    const canvas = new OffscreenCanvas(32, 18);
    const context = canvas.getContext("2d");
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const mean = [0, 0, 0], cells = [];
    for (let i = 0; i < data.length; i += 4) {
      mean.forEach((_, c) => { mean[c] += data[i + c] * 4 / data.length; });
      cells.push(0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2]);
    }
    const luma = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
    return { width: video.videoWidth, height: video.videoHeight, mean, luma, cells };
  };

  // inbound returns the getStats entry of the newest peer's incoming video.
  window.inbound = async () => {
    const stats = await window.peers.at(-1).getStats();
    return [...stats.values()].find((s) => s.type === "inbound-rtp" && s.kind === "video");
  };

  // pair returns the two candidates that the newest peer's media uses.
  window.pair = async () => {
    const stats = await window.peers.at(-1).getStats();
    const transport = [...stats.values()].find((s) => s.type === "transport");
    const { localCandidateId, remoteCandidateId } = stats.get(transport.selectedCandidatePairId);
    const show = (c) => `${c.candidateType} ${c.protocol} ${c.address ?? "(hidden)"}:${c.port}`;
    return { local: show(stats.get(localCandidateId)), remote: show(stats.get(remoteCandidateId)) };
  };
}

export const look = (page) => page.evaluate(() => window.look());

// picture waits until the page shows one, which it returns.
export const picture = (page, ms) => eventually("a picture", () => look(page), ({ width, luma }) => width > 0 && luma > 0, ms);

// motion is how much the picture changes, per cell of its grid, within a while.
export async function motion(page, ms = 500) {
  const before = await look(page);
  await page.waitForTimeout(ms);
  const after = await look(page);
  return after.cells.reduce((sum, cell, i) => sum + Math.abs(cell - before.cells[i]), 0) / after.cells.length;
}

// eventually calls ask until good holds for what it returns, which it returns,
// and fails when that takes too long.
export async function eventually(what, ask, good, ms = 10_000) {
  for (const end = Date.now() + ms; ;) {
    const got = await ask();
    if (good(got)) return got;
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms; last: ${JSON.stringify(got)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

// decodes counts the frames that the page decodes in two seconds.
export async function decodes(page) { return (await decoding(page, 2000)).frames; }

// decoding counts the frames that the page decodes in about ms, and says in how
// many seconds really.
export async function decoding(page, ms) {
  const inbound = () => page.evaluate(() => window.inbound());
  const before = await inbound();
  await page.waitForTimeout(ms);
  const after = await inbound();
  return { frames: after.framesDecoded - before.framesDecoded, seconds: (after.timestamp - before.timestamp) / 1000 };
}
