// drawing returns a track of pictures for who has no camera: colours of four
// corners, and a hand that goes round, so that one sees what is left and right,
// up and down, and how late it comes.

import { element } from "./element.js";

const colours = ["#e11d48", "#f59e0b", "#10b981", "#3b82f6"];

export function drawing() {
  const canvas = element("canvas", { width: 640, height: 360 });
  const pen = canvas.getContext("2d");
  const [track] = canvas.captureStream(30).getVideoTracks();
  const draw = () => {
    if (track.readyState === "ended") return;
    colours.forEach((colour, i) => {
      pen.fillStyle = colour;
      pen.fillRect(i % 2 * 320, Math.floor(i / 2) * 180, 320, 180);
    });
    const turn = performance.now() / 1000 * Math.PI;
    pen.fillStyle = "#fff";
    pen.beginPath();
    pen.arc(320 + 120 * Math.cos(turn), 180 + 120 * Math.sin(turn), 24, 0, 7);
    pen.fill();
    setTimeout(draw, 33);
  };
  draw();
  return track;
}
