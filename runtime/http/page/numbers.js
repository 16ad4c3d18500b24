// Numbers measures what reaches the viewer. The latencies are from the moment the
// model emitted a frame until the browser presented it, that is handed it to its
// compositor, and until it is to be seen on the screen. The frame's RTP timestamp
// says when it was emitted by the server's clock, and requestClock asks how far
// that clock is ahead of ours: the answer with the shortest way is to be trusted.

import { element } from "./element.js";

const rtpPerMs = 90;
const span = 3000; // milliseconds that a figure looks back

export class Numbers {
  #list;
  #corner;
  #connection;
  #frames = []; // {at, presented, shown} of the last span, in milliseconds
  #clocks = []; // {rtt, ahead, rtp, rtpMs} of the last answers
  #bytes; // bytes and time at the last reading

  constructor(list, corner, video) {
    this.#list = list;
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
    for (const dd of this.#list.querySelectorAll("dd")) dd.textContent = "–";
  }

  // clock takes the server's answer to requestClock.
  clock({ client_ms: sent, server_ms: server, rtp, rtp_ms: rtpMs }) {
    const now = performance.now();
    this.#clocks.push({ rtt: now - sent, ahead: server - (sent + now) / 2, rtp, rtpMs });
    if (this.#clocks.length > 8) this.#clocks.shift();
  }

  #ask() { this.#connection.send("runtime", "requestClock", { client_ms: performance.now() }); }

  #frame({ presentationTime: at, expectedDisplayTime, rtpTimestamp }) {
    if (!this.#connection) return;
    const emitted = this.#emitted(rtpTimestamp);
    // The browser's guess of the display time can lie before the presentation.
    this.#frames.push({ at, presented: at - emitted, shown: Math.max(at, expectedDisplayTime) - emitted });
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
    const inbound = stats.find((s) => s.type === "inbound-rtp" && s.kind === "video") ?? {};
    if (!this.#connection) return;
    const codec = stats.find((s) => s.id === inbound.codecId);
    this.#frames = this.#frames.filter((f) => f.at > performance.now() - span);
    const fps = this.#rate();
    const [presented, shown] = ["presented", "shown"].map((what) => latency(this.#frames.map((f) => f[what])));
    this.#show({
      "frames per second": fps.toFixed(1),
      "emitted to presented": `${presented.median} ms`,
      "99 of 100 within": `${presented.most} ms`,
      "emitted to screen": `${shown.median} ms`,
      "round trip": `${digits(this.#best()?.rtt)} ms`,
      "picture": inbound.frameWidth && codec ? `${inbound.frameWidth} × ${inbound.frameHeight} ${codec.mimeType.split("/")[1]}` : "–",
      "bit rate": this.#bitrate(inbound),
      "dropped": `${inbound.framesDropped ?? 0} of ${inbound.framesReceived ?? 0}`,
    });
    this.#corner.textContent = `${fps.toFixed(0)} fps · ${shown.median} ms`;
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

// latency is the median of some latencies and what all but one in a hundred
// keep within; those that are not known do not count.
function latency(values) {
  const known = values.filter((v) => !Number.isNaN(v)).sort((a, b) => a - b);
  const at = (share) => digits(known[Math.ceil(share * known.length) - 1]);
  return { median: at(0.5), most: at(0.99) };
}

const digits = (ms) => ms?.toFixed(1) ?? "–";
