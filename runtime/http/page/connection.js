// Connection is one peer connection: the model's tracks come in over it, and
// JSON text goes both ways over its data channel, in the envelope
// {"scope": "application" | "runtime", "data": {"type", "data"}}.

export class Connection {
  // ended resolves when the connection is gone: to the server's reason for
  // ending the session, or to undefined where the connection was just lost.
  ended;

  #peer;
  #channel;
  #opened;
  #reason;
  #end;

  // receive is called with the scope and the data of every message.
  constructor(iceServers, tracks, receive) {
    this.#peer = new RTCPeerConnection({ iceServers });
    this.#channel = this.#peer.createDataChannel("data");
    this.tracks = tracks.map(({ name, kind, direction }) =>
      ({ name, kind, direction, transceiver: this.#peer.addTransceiver(kind, { direction }) }));
    this.ended = new Promise((done) => { this.#end = () => done(this.#reason); });
    this.#opened = new Promise((done) => { this.#channel.onopen = done; });
    this.#channel.onclose = this.#end;
    this.#channel.onmessage = (event) => this.#read(event.data, receive);
    this.#peer.onconnectionstatechange = () => {
      if (["disconnected", "failed", "closed"].includes(this.#peer.connectionState)) this.#end();
    };
  }

  #read(text, receive) {
    const { scope, data } = JSON.parse(text);
    if (scope === "runtime" && data.type === "sessionEnded") {
      this.#reason = data.data ?? {};
      this.#end();
    }
    receive(scope, data);
  }

  // offer returns the offer with every candidate in it.
  async offer() {
    const gathered = new Promise((done) => {
      this.#peer.onicegatheringstatechange = () => { if (this.#peer.iceGatheringState === "complete") done(); };
      setTimeout(done, 5000);
    });
    await this.#peer.setLocalDescription();
    await gathered;
    return {
      sdp_offer: this.#peer.localDescription.sdp,
      client_info: { sdk_version: "2.9.0", sdk_type: "page" },
      track_mapping: this.tracks.map(({ name, kind, direction, transceiver }) => ({ mid: transceiver.mid, name, kind, direction })),
    };
  }

  // accept applies the answer and resolves once messages can be sent.
  async accept(sdp) {
    await this.#peer.setRemoteDescription({ type: "answer", sdp });
    const late = new Promise((_, fail) => setTimeout(fail, 15000, new Error("no way to the server's pictures over UDP")));
    const gone = this.ended.then(() => { throw new Error("the server closed the connection"); });
    await Promise.race([this.#opened, late, gone]);
  }

  // media returns the model's tracks of a kind.
  media(kind) {
    return this.tracks.filter((t) => t.kind === kind && t.direction === "recvonly")
      .map(({ name, transceiver }) => ({ name, track: transceiver.receiver.track }));
  }

  // publish sends media as the named track, or nothing if it is null.
  publish(name, media) {
    const { transceiver } = this.tracks.find((t) => t.name === name) ?? {};
    transceiver?.sender.replaceTrack(media).catch(() => {}); // the connection is gone
  }

  send(scope, type, data) {
    if (this.#channel.readyState !== "open") return false;
    this.#channel.send(JSON.stringify({ scope, data: { type, data } }));
    return true;
  }

  stats() { return this.#peer.getStats(); }

  close() { this.#peer.close(); this.#end(); }
}
