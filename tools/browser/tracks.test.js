import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, launch, open } from "./browser.js";
import { build, serve } from "./model.js";
import { attach, command, connect, disconnect, said, serveSDK } from "./sdk.js";

let binary, browser;

before(async () => {
  binary = await build("theremin");
  browser = await launch();
}, { timeout: 600_000 });

after(async () => { await browser?.close(); }, { timeout: 60_000 });

// ears runs in a page before anything else: it shows and hears what arrives on each
// track, and can play a tone itself.
function ears() {
  const context = new AudioContext({ sampleRate: 48000 });
  const screens = (window.screens = {});
  const analysers = {};
  window.receive = (name, track) => {
    const element = document.createElement(track.kind);
    Object.assign(element, { srcObject: new MediaStream([track]), muted: true, playsInline: true });
    document.body.append(element);
    element.play(); // sound is not decoded without it either
    if (track.kind === "video") return void (screens[name] = element);
    const analyser = (analysers[name] = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 }));
    context.createMediaStreamSource(element.srcObject).connect(analyser);
  };
  // heard is the loudest pitch in Hz, and how loud it is in dB.
  window.heard = async (name) => {
    await context.resume();
    const levels = new Float32Array(analysers[name].frequencyBinCount);
    analysers[name].getFloatFrequencyData(levels);
    const loudest = levels.reduce((best, level, i) => (level > levels[best] ? i : best), 0);
    return { hertz: loudest * 48000 / 4096, level: levels[loudest] };
  };
  // seen is a picture's size and the luma of each cell of a grid.
  window.seen = (name, columns, rows) => {
    const video = screens[name];
    if (!video?.videoWidth) return null;
    const canvas = new OffscreenCanvas(columns, rows), pen = canvas.getContext("2d");
    pen.drawImage(video, 0, 0, columns, rows);
    const { data } = pen.getImageData(0, 0, columns, rows);
    const cells = Array.from({ length: columns * rows }, (_, i) => 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]);
    return { width: video.videoWidth, height: video.videoHeight, cells };
  };
  window.sing = () => {
    const oscillator = new OscillatorNode(context, { frequency: 300 }), out = context.createMediaStreamDestination();
    oscillator.connect(out);
    oscillator.start();
    return out.stream.getAudioTracks()[0];
  };
}

async function start(t, version, events) {
  const server = await serve(binary);
  t.after(async () => assert.equal(await server.stop(), 0, server.log));
  const client = await serveSDK(`js-sdk-${version}`);
  t.after(() => client.stop());
  const page = await open(browser, client.url, { script: ears });
  t.after(() => page.close());
  await attach(page, { modelName: "theremin", apiUrl: server.base, coordinatorUrl: server.base }, events);
  return page;
}

const heard = (page) => page.evaluate(() => window.heard("main_audio"));
const seen = (page, name, columns, rows) => page.evaluate((args) => window.seen(...args), [name, columns, rows]);

// pitch is where the spectrum's highest bar is, from 0 to 47: its semitone over 110 Hz.
async function pitch(page) {
  const picture = await seen(page, "spectrum", 48, 18);
  if (!picture) return -1;
  const heights = Array.from({ length: 48 }, (_, x) => picture.cells.filter((luma, i) => i % 48 === x && luma > 60).length);
  return heights.indexOf(Math.max(...heights));
}

// edge is how much of the lower edge of the main picture is lit.
async function edge(page) {
  const picture = await seen(page, "main_video", 32, 60);
  return picture ? picture.cells.slice(-32).filter((luma) => luma > 60).length : -1;
}

const near = (wanted, by) => (got) => Math.abs(got - wanted) <= by;

test("2.9.0 sees two pictures, hears the tone that they show, and sings to it", { timeout: 120_000 }, async (t) => {
  const page = await start(t, "2.9.0", { track: "trackReceived", message: "message" });
  await page.evaluate(() => {
    window.names = [];
    window.reactor.on("trackReceived", (name, track, stream) => {
      window.names.push(`${name} ${track.kind} ${stream instanceof MediaStream}`);
      window.receive(name, track);
    });
  });
  await connect(page, "connect", "anything");
  assert.deepEqual((await page.evaluate(() => window.names)).sort(), ["main_audio audio true", "main_video video true", "spectrum video true"]);
  await eventually("A at 440 Hz is heard", () => heard(page), ({ hertz, level }) => near(440, 15)(hertz) && level > -30, 20_000);
  await eventually("A is seen", () => pitch(page), near(24, 1), 20_000);
  const [main, spectrum] = [await seen(page, "main_video", 32, 18), await seen(page, "spectrum", 48, 18)];
  assert.deepEqual([main.width, main.height, spectrum.width, spectrum.height], [640, 360, 320, 180]);

  await command(page, "set_pitch", { hertz: 880 });
  await eventually("the tone an octave higher", () => heard(page), ({ hertz, level }) => near(880, 15)(hertz) && level > -30);
  await eventually("it is seen an octave higher", () => pitch(page), near(36, 1));
  await command(page, "set_volume", { level: 0 });
  await eventually("silence", () => heard(page), ({ level }) => level < -80);

  assert.equal(await edge(page), 0);
  await page.evaluate(() => window.reactor.publishTrack("microphone", window.sing()));
  await eventually("the singing is seen", () => edge(page), (lit) => lit > 8, 20_000);
  await page.evaluate(() => window.reactor.unpublishTrack("microphone"));
  await eventually("nobody sings", () => edge(page), (lit) => lit === 0, 20_000);

  await command(page, "set_volume", { level: 0.5 });
  await disconnect(page, true);
  await connect(page, "reconnect");
  await eventually("the tone after a reconnect", () => heard(page), ({ hertz, level }) => near(880, 15)(hertz) && level > -30, 20_000);
  assert.deepEqual((await said(page)).errors, []);
});

test("2.2.1, which knows one picture, gets the first", { timeout: 90_000 }, async (t) => {
  const page = await start(t, "2.2.1", { track: "streamChanged", message: "newMessage" });
  await page.evaluate(() => window.reactor.on("streamChanged", (track) => track && window.receive("main_video", track)));
  await connect(page, "connect", "anything");
  await eventually("the picture", () => seen(page, "main_video", 32, 18), (picture) => picture?.width === 640, 20_000);
  assert.deepEqual((await said(page)).errors, []);
});

test("the page shows both pictures and offers sound and the microphone", { timeout: 90_000 }, async (t) => {
  const server = await serve(binary);
  t.after(async () => assert.equal(await server.stop(), 0, server.log));
  const page = await open(browser, server.base);
  t.after(() => page.close());
  await eventually("both pictures", () => page.evaluate(() => [...document.querySelectorAll("video")].map((v) => v.videoWidth)),
    (widths) => widths.includes(640) && widths.includes(320), 20_000);
  await eventually("the size of the main picture", () => page.textContent("#numbers"), (text) => text.includes("640 × 360"));
  assert.equal(await page.getByRole("slider").first().inputValue(), "440");
  assert.equal(await page.getByRole("button", { name: /sound/i }).isVisible(), true);
  assert.equal(await page.getByRole("group", { name: "Send microphone" }).isVisible(), true);
  assert.deepEqual(page.errors, []);
});
