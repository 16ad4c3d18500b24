import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { decodes, eventually, launch, look, motion, open } from "./browser.js";
import { build, serve, state } from "./model.js";
import { serveSDK } from "./sdk.js";

// The application of a developer who works with React in its strict mode, where
// what connects is mounted, taken away and mounted again at once.
const source = `
import { createElement as h, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ReactorController, ReactorProvider, ReactorView, useReactor, useReactorMessage } from "js-sdk-2.9.0";

window.said = { statuses: [], messages: [], errors: [] };

function Said() {
  const status = useReactor((store) => store.status);
  const error = useReactor((store) => store.lastError);
  if (window.said.statuses.at(-1) !== status) window.said.statuses.push(status);
  if (error && window.said.errors.at(-1) !== error) window.said.errors.push(error);
  useReactorMessage((message) => window.said.messages.push(message));
  return h("p", { id: "status" }, status);
}

const root = createRoot(document.body.appendChild(document.createElement("div")));
const options = { modelName: "plasma", local: true, apiUrl: new URLSearchParams(location.search).get("server") };
const connect = { jwtToken: "local", connectOptions: { autoConnect: true } }; // local clients need one too, to connect by themselves
window.mount = () => root.render(h(StrictMode, null,
  h(ReactorProvider, { ...options, ...connect }, h(Said), h(ReactorView), h(ReactorController))));
window.unmount = () => root.render(null);
window.mount();
`;

let server, client, browser, page;

before(async () => {
  server = await serve(await build("plasma"));
  client = await serveSDK("js-sdk-2.9.0", { source, mode: "development" });
  browser = await launch();
  page = await open(browser, `${client.url}?server=${encodeURIComponent(server.base)}`);
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  client?.stop();
  assert.equal(await server?.stop(), 0, server?.log);
}, { timeout: 60_000 });

const status = (wanted) => eventually(`status ${wanted}`, () => page.textContent("#status").catch(() => ""), (got) => got === wanted, 15_000);
const picture = () => eventually("a picture", () => look(page).catch(() => ({})), ({ width, luma }) => width > 0 && luma > 0, 15_000);

test("React in strict mode connects, and shows the picture and its controls", { timeout: 60_000 }, async () => {
  await status("ready");
  await picture();
  assert.ok(await motion(page) > 1, "the picture stands still");
  await page.getByText("set_palette", { exact: false }).first().waitFor(); // the controller has the capabilities
  const { statuses, errors } = await page.evaluate(() => window.said);
  assert.deepEqual(statuses.slice(-3), ["connecting", "waiting", "ready"]);
  assert.deepEqual(errors, []);
});

test("React that unmounts ends the session, and mounts into another", { timeout: 60_000 }, async () => {
  await page.evaluate(() => window.unmount());
  await eventually("an idle model", () => state(server), (s) => s === "idle");
  await page.evaluate(() => window.mount());
  await status("ready");
  await picture();
});

test("a reload in mid-session connects again", { timeout: 60_000 }, async () => {
  for (let i = 0; i < 3; i++) { // what the old page says last, and the new one first, cross
    await page.reload();
    await status("ready");
    await picture();
  }
  assert.ok(await decodes(page) > 10, "few frames after a reload");
  assert.deepEqual((await page.evaluate(() => window.said)).errors, []);
});
