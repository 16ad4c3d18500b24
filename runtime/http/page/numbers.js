// Numbers measures what reaches the viewer. The latency is from the moment the
// model emitted a frame to its presentation: the frame's RTP timestamp says
// when it was emitted by the server's clock, and requestClock asks how far that
// clock is ahead of ours. The answer with the shortest way is the one to trust.

import { element } from "./element.js";

const rtpPerMs = 90;
const span = 3000; // milliseconds that a figure looks back

export class Numbers {
  #list;
  #corner;
  #connection;
  #frames = []; // {at, latency} of the last span
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

  #frame({ presentationTime: at, rtpTimestamp }) {
    if (!this.#connection) return;
    this.#frames.push({ at, latency: this.#latency(at, rtpTimestamp) });
  }

  #latency(at, rtpTimestamp) {
    const pair = this.#clocks.at(-1);
    if (pair?.rtpMs === undefined || rtpTimestamp === undefined) return undefined;
    const { ahead } = this.#best();
    const emitted = pair.rtpMs + ((rtpTimestamp - pair.rtp) | 0) / rtpPerMs;
    return at + ahead - emitted;
  }

  #best() { return this.#clocks.reduce((a, b) => (b.rtt < a.rtt ? b : a)); }

  async #read() {
    if (!this.#connection) return;
    this.#ask();
    const stats = [...(await this.#connection.stats()).values()];
    const inbound = stats.find((s) => s.type === "inbound-rtp" && s.kind === "video") ?? {};
    if (!this.#connection) return;
    const codec = stats.find((s) => s.id === inbound.codecId);
    this.#frames = this.#frames.filter((f) => f.at > performance.now() - span);
    const fps = this.#rate();
    const late = this.#frames.map((f) => f.latency).filter((l) => l !== undefined).sort((a, b) => a - b);
    const p = (share, digits) => late.length ? `${late[Math.ceil(share * late.length) - 1].toFixed(digits)} ms` : "–";
    this.#show({
      "frames per second": fps.toFixed(1),
      "latency, median": p(0.5, 1),
      "latency, 99 of 100": p(0.99, 1),
      "round trip": this.#clocks.length ? `${this.#best().rtt.toFixed(1)} ms` : "–",
      "size": inbound.frameWidth ? `${inbound.frameWidth} × ${inbound.frameHeight}` : "–",
      "bit rate": this.#bitrate(inbound),
      "codec": codec?.mimeType.split("/")[1] ?? "–",
      "dropped": `${inbound.framesDropped ?? 0} of ${inbound.framesReceived ?? 0}`,
    });
    this.#corner.textContent = `${fps.toFixed(0)} fps · ${p(0.5, 0)}`;
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
