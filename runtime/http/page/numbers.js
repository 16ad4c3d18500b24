// Numbers measures what reaches the viewer, and how long each part of a frame's
// way takes:
//
//	emitted ── wait, encode ──► sent ── network ──► received ── present ──► shown
//
// A frame's RTP timestamp says when it was emitted by the server's clock, and
// requestClock asks how far that clock is ahead of ours: the answer with the
// shortest way is to be trusted. So what lies between emitted and received is
// measured; of it the encoder's share is what the server says, the network's is
// taken to be half of a message's round trip, and the rest is the wait. The
// browser measures from received until presented, that is handed to its
// compositor, and guesses when it is to be seen on the screen.

import { element } from "./element.js";
import { Path } from "./path.js";

const rtpPerMs = 90;
const span = 3000; // milliseconds that a figure looks back

export class Numbers {
  #list;
  #path;
  #corner;
  #connection;
  #frames = []; // {at, received, presented, shown} of the last span, in milliseconds
  #clocks = []; // {rtt, ahead, rtp, rtpMs, server, encoding} of the last answers
  #bytes; // bytes and time at the last reading

  constructor(list, path, corner, video) {
    this.#list = list;
    this.#path = new Path(path);
    this.#corner = corner;
    const watch = (now, frame) => {
      this.#frame(frame);
      video.requestVideoFrameCallback(watch);
    };
    video.requestVideoFrameCallback?.(watch);
    setInterval(() => this.#read(), 500);
  }

  // follow measures a connection; undefined stops it.
  follow(connection) {
    this.#connection = connection;
    this.#frames = [];
    this.#clocks = [];
    this.#bytes = undefined;
    if (connection) return this.#ask();
    this.#corner.textContent = "";
    this.#path.show({});
    for (const dd of this.#list.querySelectorAll("dd")) dd.textContent = "–";
  }

  // clock takes the server's answer to requestClock.
  clock({ client_ms: sent, server_ms: server, rtp, rtp_ms: rtpMs, encoding }) {
    const now = performance.now();
    this.#clocks.push({ rtt: now - sent, ahead: server - (sent + now) / 2, rtp, rtpMs, server, encoding });
    if (this.#clocks.length > 8) this.#clocks.shift();
  }

  #ask() { this.#connection.send("runtime", "requestClock", { client_ms: performance.now() }); }

  #frame({ presentationTime: at, receiveTime, expectedDisplayTime, rtpTimestamp }) {
    if (!this.#connection) return;
    const emitted = this.#emitted(rtpTimestamp);
    // The browser's guess of the display time can lie before the presentation.
    this.#frames.push({ at, received: receiveTime - emitted, presented: at - emitted, shown: Math.max(at, expectedDisplayTime) - emitted });
  }

  // emitted is when a frame was emitted, by our clock; NaN while that is unknown.
  #emitted(rtpTimestamp) {
    const { rtp, rtpMs } = this.#clocks.at(-1) ?? {};
    return rtpMs + ((rtpTimestamp - rtp) | 0) / rtpPerMs - this.#best()?.ahead;
  }

  #best() { return this.#clocks.toSorted((a, b) => a.rtt - b.rtt)[0]; }

  async #read() {
    if (!this.#connection) return;
    this.#ask();
    const stats = [...(await this.#connection.stats()).values()];
    if (!this.#connection) return;
    const shown = this.#connection.media("video")[0]?.track.id;
    const inbound = stats.find((s) => s.type === "inbound-rtp" && s.trackIdentifier === shown) ?? {};
    const codec = stats.find((s) => s.id === inbound.codecId);
    this.#frames = this.#frames.filter((f) => f.at > performance.now() - span);
    const fps = this.#rate();
    const of = (what) => latency(this.#frames.map(what));
    const presented = of((f) => f.presented), seen = of((f) => f.shown);
    const server = this.#server();
    this.#path.show(split({ ...server, received: of((f) => f.received).median, present: of((f) => f.presented - f.received).median, rtt: this.#best()?.rtt }));
    this.#show({
      "frames per second": fps.toFixed(1),
      "emitted to presented": `${digits(presented.median)} ms`,
      "99 of 100 within": `${digits(presented.most)} ms`,
      "emitted to screen": `≈ ${digits(seen.median)} ms`,
      "round trip": `${digits(this.#best()?.rtt)} ms`,
      "picture": inbound.frameWidth && codec ? `${inbound.frameWidth} × ${inbound.frameHeight} ${codec.mimeType.split("/")[1]}` : "–",
      "bit rate": this.#bitrate(inbound),
      "dropped here": `${inbound.framesDropped ?? 0} of ${inbound.framesReceived ?? 0}`,
      "dropped by the server": server.frames ? `${server.dropped} of ${server.frames}` : "–",
      "packets lost": `${inbound.packetsLost ?? 0} of ${(inbound.packetsReceived ?? 0) + (inbound.packetsLost ?? 0)}`,
    });
    this.#corner.textContent = `${fps.toFixed(0)} fps · ${digits(seen.median)} ms`;
  }

  // server is what the server says of the model and its encoder of late.
  #server() {
    const first = this.#clocks.find(({ encoding }) => encoding), last = this.#clocks.at(-1);
    if (!first || !last.encoding) return {};
    const of = (what) => last.encoding[what] - first.encoding[what];
    return {
      frames: last.encoding.frames, dropped: last.encoding.dropped,
      model: of("frames") > 0 ? (last.server - first.server) / of("frames") : undefined,
      encode: of("pictures") > 0 ? of("busy_ms") / of("pictures") : undefined,
    };
  }

  // rate is how many frames a second were presented of late.
  #rate() {
    if (this.#frames.length < 2) return 0;
    return (this.#frames.length - 1) * 1000 / (this.#frames.at(-1).at - this.#frames[0].at);
  }

  #bitrate({ bytesReceived: bytes, timestamp: at }) {
    const last = this.#bytes;
    this.#bytes = { bytes, at };
    return last && at > last.at ? `${Math.round((bytes - last.bytes) * 8 / (at - last.at))} kbit/s` : "–";
  }

  #show(figures) {
    this.#list.replaceChildren(...Object.entries(figures).map(([name, value]) =>
      element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value }))));
  }
}

// split divides what was measured among the parts of the way.
function split({ model, encode, received, present, rtt = 0 }) {
  if (received === undefined || encode === undefined) return { model, present };
  const rest = Math.max(received - encode, 0), network = Math.min(rtt / 2, rest);
  return { model, wait: rest - network, encode, network, present };
}

// latency is the median of some latencies and what all but one in a hundred
// keep within; those that are not known do not count.
function latency(values) {
  const known = values.filter((v) => Number.isFinite(v)).sort((a, b) => a - b);
  const at = (share) => known[Math.ceil(share * known.length) - 1];
  return { median: at(0.5), most: at(0.99) };
}

const digits = (ms) => ms?.toFixed(1) ?? "–";
