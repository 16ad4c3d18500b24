// The page of a served model: the picture, a control for each command, what the
// model says, and what is measured. It is a client of the same routes and the
// same messages as the published ones.
//
//   Server ── Client ── Connection ──► Screens, Log, Events, Numbers
//                ▲           ▲
//              State      Controls ──► files, by way of the Client, to the Server
//                         Inputs ────► camera, microphone, drawing

import { Client } from "./client.js";
import { Clip } from "./clip.js";
import { Controls } from "./controls.js";
import { Events } from "./events.js";
import { Inputs } from "./inputs.js";
import { Log } from "./log.js";
import { Numbers } from "./numbers.js";
import { Screens } from "./screens.js";
import { Server } from "./server.js";
import { Snippet } from "./snippet.js";
import { showState } from "./state.js";
import { Watch } from "./watch.js";

const $ = (selector) => document.querySelector(selector);

const video = $("#video");
const screens = new Screens(video, $("#others"), $("#sound"));
const messages = new Log($("#messages ol"), $("#pause"));
const events = new Events(new Log($("#events ol")));
const numbers = new Numbers($("#numbers dl"), $("#path"), $("#corner"), video);
const inputs = new Inputs($("#inputs"));
const snippet = new Snippet($("#snippet pre"), $("#copy"), $("#copied"));
const server = new Server(document.baseURI);

const client = new Client(server, {
  state(word, why) {
    showState(word, why);
    events.state(word, why);
    if (word === "running" || word === "watching") return;
    numbers.follow(undefined);
    inputs.follow(undefined);
  },
  session(description) {
    describe(description);
    messages.clear();
    events.began(description);
  },
  connected(connection, again) {
    screens.show(connection);
    numbers.follow(connection);
    inputs.follow(connection);
    events.connected(again);
  },
  message(data) {
    const { type, data: body } = data?.type ? data : { type: "", data };
    messages.add(type, JSON.stringify(body));
  },
  runtime(type, data) {
    if (type === "clock") return numbers.clock(data);
    if (data?.code === "not_controller") client.watch();
    events.told(type, data);
    controls.outcome(type, data);
    clip.told(type, data);
  },
});
const controls = new Controls($("#commands"), $("#hint"), video, client);
const clip = new Clip($("#clip"), $("#clip button"), $("#clip span"), server, client);

function describe(description) {
  const { model, capabilities } = description;
  document.title = $("#name").textContent = model.name;
  controls.show(capabilities.commands);
  inputs.show(capabilities.tracks);
  snippet.show(model.name, capabilities.commands);
  clip.show(description);
}

$("#session").addEventListener("click", () => (client.wanted ? client.stop() : client.start()));
addEventListener("pagehide", () => client.leave());
addEventListener("pageshow", (event) => { if (event.persisted) client.start(); });

const learn = () => server.session().then(describe).catch(() => {}); // start says what is wrong
learn();
client.start();
new Watch(client, video, learn);
