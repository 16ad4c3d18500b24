// The page of a served model: the picture, a control for each command, what the
// model says, and what is measured. It is a client of the same routes and the
// same messages as the published ones.
//
//   Server ── Client ── Connection ──► picture, Messages, Numbers
//                ▲           ▲
//              State      Controls ──► files, by way of the Client, to the Server

import { Client } from "./client.js";
import { Controls } from "./controls.js";
import { Messages } from "./messages.js";
import { Numbers } from "./numbers.js";
import { Server } from "./server.js";
import { showState } from "./state.js";

const $ = (selector) => document.querySelector(selector);

const video = $("#video");
const messages = new Messages($("#messages ol"), $("#pause"));
const numbers = new Numbers($("#numbers dl"), $("#corner"), video);
const server = new Server(document.baseURI);

const client = new Client(server, {
  state(word, why) {
    showState(word, why);
    if (word !== "running") numbers.follow(undefined);
  },
  session(description) {
    describe(description);
    messages.clear();
  },
  connected(connection) {
    video.srcObject = connection.video;
    numbers.follow(connection);
  },
  message(data) { messages.add(data); },
  runtime(type, data) {
    if (type === "clock") numbers.clock(data);
    else controls.outcome(type, data);
  },
});
const controls = new Controls($("#commands"), $("#hint"), video, client);

function describe({ model, capabilities }) {
  document.title = $("#name").textContent = model.name;
  controls.show(capabilities.commands);
}

$("#session").addEventListener("click", () => (client.wanted ? client.stop() : client.start()));
addEventListener("pagehide", () => client.leave());
addEventListener("pageshow", (event) => { if (event.persisted) client.start(); });

server.session().then(describe).catch(() => {}); // start says what is wrong
client.start();
