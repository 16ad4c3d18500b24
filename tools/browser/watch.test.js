// "reactor-gen run --watch" with an editor: what is saved is seen in the same tab, also
// where the server wants a token.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { eventually, launch, look, open } from "./browser.js";
import { figure } from "./figures.js";
import { artifacts, top } from "./model.js";
import { attach, connect, said, serveSDK } from "./sdk.js";

const run = promisify(execFile);

const color = (r, g, b) => `package paint

import (
	"time"

	"github.com/reactorgen/reactor"
)

//reactor:model name=paint
type Paint struct{}

//reactor:command nothing
func (*Paint) Nothing() {}

func (*Paint) StartSession(ctx reactor.Context) error {
	block := reactor.NewBlock(1, 180, 320)
	for i := range block.Pix {
		block.Pix[i] = [3]byte{${r}, ${g}, ${b}}[i%3]
	}
	for !ctx.ShouldStop() {
		if err := ctx.EmitBlock(block); err != nil {
			return err
		}
		ctx.Wait(time.Second / 30)
	}
	return nil
}
`;

let tool, browser;

before(async () => {
  await mkdir(artifacts, { recursive: true });
  tool = path.join(artifacts, "bin", "reactor-gen");
  await run("go", ["build", "-o", tool, "./cmd/reactor-gen"], { cwd: top, timeout: 600_000 });
  browser = await launch();
}, { timeout: 600_000 });

after(async () => { await browser?.close(); }, { timeout: 60_000 });

// edit makes a project that paints the screen red and serves it with "run --watch",
// until the test ends.
async function edit(t, ...flags) {
  const folder = await mkdtemp(path.join(tmpdir(), "paint-"));
  const file = path.join(folder, "paint.go");
  await writeFile(path.join(folder, "go.mod"),
    `module example.com/paint\n\ngo 1.26.0\n\nrequire github.com/reactorgen/reactor v0.0.0\n\nreplace github.com/reactorgen/reactor => ${top}\n`);
  await writeFile(file, color(200, 30, 30));
  const watch = spawn(tool, ["run", "--watch", "--port", "0", ...flags], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let log = "", said = "";
  watch.stderr.on("data", (text) => { log += text; });
  watch.stdout.on("data", (text) => { said += text; });
  t.after(async () => {
    if (!t.passed) t.diagnostic(log);
    watch.kill("SIGINT");
    const [code] = watch.exitCode === null ? await once(watch, "exit") : [watch.exitCode];
    await rm(folder, { recursive: true });
    assert.equal(code, 0, log);
  });
  const base = await eventually("the address", async () => said.match(/http:\/\/\S+(?=\s)/)?.[0], Boolean, 300_000);
  return { base, save: (text) => writeFile(file, text), saved: () => readFile(file, "utf8"), log: async () => log };
}

const red = ({ mean: [r, g, b] }) => r > g + 60 && r > b + 60;
const green = ({ mean: [r, g, b] }) => g > r + 60 && g > b + 60;
const blue = ({ mean: [r, g, b] }) => b > r + 60 && b > g + 60;

// box is what the page's box says, where it is in sight.
const box = (page) => page.evaluate(() => {
  const box = document.querySelector("#edit");
  return box && !box.hidden && getComputedStyle(box).display !== "none" ? box.innerText : "";
});

test("an edit is seen in the same tab, a broken one beside the picture of the one before", { timeout: 300_000 }, async (t) => {
  const { base, save, saved: onDisk, log } = await edit(t, "--host", "0.0.0.0");
  const page = await open(browser, base, { viewport: { width: 1280, height: 860 } });
  t.after(() => page.close());
  await page.evaluate(() => { window.same = true; });
  await eventually("a red picture", () => look(page), red, 20_000);

  await save(color(30, 200, 30));
  const saved = Date.now();
  await eventually("the new program", log, (text) => text.includes("serving what was saved"), 60_000);
  const serving = Date.now();
  await eventually("a green picture", () => look(page), green, 60_000);
  const seen = Date.now();
  figure("watch: save to the new program serving", serving - saved, "ms");
  figure("watch: save to new pixels in the same tab", seen - saved, "ms");

  await save(color(30, 200, 30).replace("name=paint", "name=paint weights"));
  const broken = Date.now();
  await eventually("the diagnostic", () => box(page), (text) => text.includes("RG"), 30_000);
  figure("watch: save to the diagnostic in the page", Date.now() - broken, "ms");
  assert.match(await box(page), /paint\.go:9:/);
  assert.ok(green(await look(page)), "the old model does not go on");
  assert.equal(await page.textContent("#state"), "running");
  await page.screenshot({ path: path.join(artifacts, "watch-diagnostic.png") });

  await save(color(30, 200, 30).replace("return nil", "return nothing"));
  await eventually("the compiler's error", () => box(page), (text) => text.includes("undefined: nothing"), 60_000);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: path.join(artifacts, "watch-compiler.png") });
  await page.setViewportSize({ width: 1280, height: 860 });

  for (const text of [color(200, 30, 30), "package paint\n{", color(30, 30, 200)]) {
    await save(text);
    await page.waitForTimeout(150);
  }
  await eventually("a blue picture", () => look(page), blue, 60_000);
  assert.equal(await box(page), "");
  assert.ok(await page.evaluate(() => window.same), "the page was loaded anew");
  assert.equal(await onDisk(), color(30, 30, 200));
  assert.deepEqual(page.errors.filter((text) => !text.includes("ERR_INCOMPLETE_CHUNKED_ENCODING")), []);
});

for (const [version, events] of [
  ["2.9.0", { track: "trackReceived", message: "message" }],
  ["2.2.1", { track: "streamChanged", message: "newMessage" }],
]) {
  test(`${version} is disconnected by an edit, and sees it when it connects again`, { timeout: 300_000 }, async (t) => {
    const { base, save } = await edit(t);
    const client = await serveSDK(`js-sdk-${version}`);
    t.after(() => client.stop());
    const page = await open(browser, client.url);
    t.after(() => page.close());
    await attach(page, { modelName: "paint", apiUrl: base, coordinatorUrl: base }, events);
    await connect(page, "connect", "anything");
    await eventually("a red picture", () => look(page), red, 20_000);

    await save(color(30, 200, 30));
    await eventually("the disconnection", () => said(page), ({ statuses }) => statuses.at(-1) === "disconnected", 60_000);
    await connect(page, "connect", "anything");
    await eventually("a green picture", () => look(page), green, 20_000);
  });
}
