/**
 * A camera and a microphone for whoever plays: a drawn person with a clock, another one for each, who blinks, speaks
 * and, when asked to, holds an identity document up. Stands where the browser's own test pattern would.
 */
(/** @type {number} */ seed) => {
  const [width, height, frames] = [640, 480, 15];
  /** @param {number} nth @param {number} many */
  const pick = (nth, many) => Math.floor(seed / 7 ** nth) % many;
  const skin = ["#f2d0b1", "#e0ac82", "#c68a5e", "#8d5a3b"][pick(0, 4)];
  const hair = ["#2b211c", "#5a3a22", "#8c8c90", "#b5793b", "#d9d9dc"][pick(1, 5)];
  const clothes = ["#274b6d", "#6d2f3a", "#35584a", "#5b4a7a", "#7a5b2e"][pick(2, 5)];
  const wall = ["#dfe6ea", "#e9e2d6", "#dde8df", "#e6dfe8"][pick(3, 4)];
  const [long, glasses] = [pick(4, 2) === 1, pick(5, 3) === 1];

  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  /** @param {string} colour @param {number} x @param {number} y @param {number} across @param {number} down */
  const oval = (colour, x, y, across, down) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.ellipse(x, y, across, down, 0, 0, 2 * Math.PI);
    pen.fill();
  };
  /** @param {string} colour @param {number} x @param {number} y @param {number} across @param {number} down @param {number} corner */
  const box = (colour, x, y, across, down, corner) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.roundRect(x, y, across, down, corner);
    pen.fill();
  };

  /** @param {number} at milliseconds */
  const person = (at) => {
    const x = width / 2 + 6 * Math.sin(at / 1700 + seed);
    const y = 205 + 3 * Math.sin(at / 900 + seed);
    oval(hair, x, long ? y + 25 : y - 18, long ? 112 : 100, long ? 135 : 108);
    box(clothes, x - 175, y + 150, 350, 300, 110);
    box(skin, x - 32, y + 80, 64, 95, 24);
    oval(skin, x, y + 10, 88, 112);
    oval(hair, x, y - 72, 84, 40);
    const open = at % 4100 < 140 ? 1 : 8;
    for (const side of [-34, 34]) {
      oval("#fff", x + side, y, 15, open + 2);
      oval("#2a2a2e", x + side, y, 7, open);
      if (glasses) {
        pen.strokeStyle = "#2a2a2e";
        pen.lineWidth = 4;
        pen.strokeRect(x + side - 25, y - 18, 50, 36);
      }
    }
    const talks = Math.sin(at / 2900 + seed) > 0.2;
    oval("#8c3b3b", x, y + 66, 24, talks ? 4 + 7 * Math.abs(Math.sin(at / 110)) : 3);
  };

  const documentOnTheWay = () => document.querySelector('#task[data-task="be_identified"]') !== null;
  const card = () => {
    box("#cfdbe8", 170, 250, 300, 190, 14);
    box("#274b6d", 170, 250, 300, 34, 14);
    oval(skin, 225, 350, 32, 42);
    oval(hair, 225, 318, 32, 16);
    for (const [row, across] of [150, 120, 165, 90].entries()) box("#5d6d7e", 285, 312 + 27 * row, across, 11, 4);
    pen.fillStyle = "#fff";
    pen.font = "bold 20px sans-serif";
    pen.fillText("MUESTRA · SPECIMEN", 205, 275);
    oval(skin, 168, 400, 26, 36);
    oval(skin, 472, 400, 26, 36);
  };

  const draw = () => {
    const now = new Date();
    pen.fillStyle = wall;
    pen.fillRect(0, 0, width, height);
    box("#b9c6cf", 40, 40, 130, 170, 4);
    person(now.getTime());
    if (documentOnTheWay()) card();
    pen.fillStyle = "#39424a";
    pen.font = "18px monospace";
    pen.fillText(now.toTimeString().slice(0, 8), width - 110, 30);
  };

  /** A voice without words: it sounds while the mouth moves. */
  const voice = () => {
    const sound = new AudioContext();
    const throat = new OscillatorNode(sound, { type: "triangle", frequency: 110 + 25 * pick(0, 5) });
    const breath = new GainNode(sound, { gain: 0 });
    const heard = new MediaStreamAudioDestinationNode(sound);
    throat.connect(breath).connect(heard);
    throat.start();
    const [track] = heard.stream.getAudioTracks();
    const speaking = setInterval(() => {
      if (track.readyState === "ended") {
        clearInterval(speaking);
        sound.close();
      } else breath.gain.value = Math.sin(Date.now() / 2900 + seed) > 0.2 ? 0.05 * Math.random() : 0;
    }, 120);
    return track;
  };

  const picture = () => {
    draw();
    const [track] = canvas.captureStream(frames).getVideoTracks();
    const drawing = setInterval(() => (track.readyState === "ended" ? clearInterval(drawing) : draw()), 1000 / frames);
    return track;
  };

  const devices = navigator.mediaDevices;
  if (!devices) return;
  const asked = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    // The browser is asked all the same: a refused or missing device stays refused.
    (await asked(wanted)).getTracks().forEach((track) => track.stop());
    return new MediaStream([...(wanted?.video ? [picture()] : []), ...(wanted?.audio ? [voice()] : [])]);
  };
}
