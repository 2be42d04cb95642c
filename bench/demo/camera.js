/**
 * A camera and a microphone for whoever plays: a drawn person with a clock, another one for each, who blinks, speaks
 * and, when asked to, holds an identity document up. Stands where the browser's own test pattern would.
 */
(/** @type {number} */ seed, /** @type {Record<string, string>} a PNG by what is asked for, in base64 */ documents) => {
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

  const look = {
    eyes: 33 + pick(6, 4) * 2,
    brow: 5 + pick(7, 4),
    mouth: 23 + pick(8, 5) * 2,
    iris: ["#4a2f1d", "#22150d", "#3f6a8a", "#4d6b3c"][pick(9, 4)],
  };

  /**
   * A soft spot of shadow or light: enough of a face for whoever looks for faces.
   * @param {"shadow" | "light"} what @param {number} much @param {number} x @param {number} y @param {number} across @param {number} down
   */
  const soft = (what, much, x, y, across, down) => {
    const tone = what === "shadow" ? "60, 25, 10" : "255, 245, 230";
    const spot = pen.createRadialGradient(0, 0, 0, 0, 0, across);
    spot.addColorStop(0, `rgba(${tone}, ${much})`);
    spot.addColorStop(1, `rgba(${tone}, 0)`);
    pen.save();
    pen.translate(x, y);
    pen.scale(1, down / across);
    pen.fillStyle = spot;
    pen.fillRect(-across, -across, 2 * across, 2 * across);
    pen.restore();
  };

  /** @param {number} x @param {number} side @param {number} near @param {boolean} open */
  const eye = (x, side, near, open) => {
    soft("shadow", 0.55, x, -12, 34, 26);
    soft("light", 0.28, x, 34, 28, 18);
    oval("#f6f1ea", x, -8, 17 * near, open ? 8 : 1);
    if (open) oval(look.iris, x, -8, 7.5, 7.5);
    oval("#0c0806", x, -8, open ? 4 : 17 * near, open ? 4 : 1.5);
    pen.strokeStyle = "#1c100a";
    pen.lineWidth = 3.5;
    pen.beginPath();
    pen.ellipse(x, -8, 18 * near, 9, 0, Math.PI, 2 * Math.PI);
    pen.stroke();
    pen.lineWidth = look.brow;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(x - side * 18 * near, -27);
    pen.quadraticCurveTo(x, -36, x + side * 22 * near, -28);
    pen.stroke();
    if (!glasses) return;
    pen.lineWidth = 2;
    pen.strokeRect(x - 25, -24, 50, 34);
  };

  /**
   * Head and neck around where the pen stands. `turned` from -1 to 1: towards the person's left, the right of the picture.
   * @param {number} turned @param {boolean} open the eyes @param {number} speaks
   */
  const head = (turned, open, speaks) => {
    const at = turned * 26;
    oval(hair, 0, long ? 20 : -18, 100, long ? 138 : 116);
    box(skin, -36, 70, 72, 95, 20);
    soft("shadow", 0.45, 0, 112, 60, 40);
    pen.save();
    pen.beginPath();
    pen.moveTo(-86, -30);
    pen.bezierCurveTo(-90, -120, 90, -120, 86, -30);
    pen.bezierCurveTo(88, 50, 55, 122, 0, 124);
    pen.bezierCurveTo(-55, 122, -88, 50, -86, -30);
    pen.fillStyle = skin;
    pen.fill();
    pen.clip();
    for (const edge of [-95, 95]) soft("shadow", 0.5, edge, 20, 60, 140);
    soft("light", 0.35, at, -60, 60, 35);
    for (const side of [-1, 1]) eye(at + side * look.eyes, side, 1 - side * turned * 0.18, open);
    const [nose, mouth] = [at * 1.55, at * 1.2];
    soft("light", 0.45, nose, 14, 9, 40);
    for (const side of [-13, 13]) soft("shadow", 0.28, nose + side, 20, 9, 34);
    soft("shadow", 0.6, nose, 45, 26, 11);
    for (const side of [-9, 9]) oval("#4a2418", nose + side, 44, 5, 3);
    oval("#9c4846", mouth, 76, look.mouth, 6 + speaks);
    oval("#3a1512", mouth, 75, look.mouth * 0.85, 1.6 + speaks * 0.7);
    soft("shadow", 0.4, mouth, 94, 28, 9);
    pen.fillStyle = hair;
    pen.beginPath();
    pen.moveTo(-100, -130);
    pen.lineTo(100, -130);
    pen.lineTo(92, -35);
    pen.quadraticCurveTo(60, -82, 0, -82);
    pen.quadraticCurveTo(-66, -78, -92, -35);
    pen.fill();
    pen.restore();
  };

  /** What somebody does who is asked to: turned, leaning (degrees), size. @type {Record<string, [number, number, number]>} */
  const movements = {
    turn_left: [1, 0, 1],
    turn_right: [-1, 0, 1],
    tilt_left: [0, 14, 1],
    tilt_right: [0, -14, 1],
    closer: [0, 0, 1.3],
    further: [0, 0, 0.7],
  };

  /** @param {number} at milliseconds @param {string} pose */
  const person = (at, pose) => {
    const [turned, leaning, size] = movements[pose] ?? [0, 0, 1];
    const still = pose !== "";
    const x = width / 2 + (pose === "document" ? 90 : 0) + (still ? 0 : 6 * Math.sin(at / 1700 + seed));
    const y = 205 + (still ? 0 : 3 * Math.sin(at / 900 + seed));
    const speaks = !still && Math.sin(at / 2900 + seed) > 0.2 ? 7 * Math.abs(Math.sin(at / 110)) : 0;
    box(clothes, x - 175, y + 150, 350, 300, 110);
    pen.save();
    pen.translate(x, y);
    pen.rotate((leaning * Math.PI) / 180);
    pen.scale(size, size);
    head(turned, still || at % 4100 > 140, speaks);
    pen.restore();
  };

  const identified = () => document.querySelector('#task[data-task="be_identified"]');
  /** What is to be seen now, where a face is compared with a document. */
  const posed = () => /** @type {HTMLElement | null} */ (document.querySelector("#task [data-pose]"))?.dataset.pose ?? "";

  /** @param {number} x @param {number} y where its left upper corner is */
  const card = (x, y) => {
    box("#cfdbe8", x, y, 300, 190, 14);
    box("#274b6d", x, y, 300, 34, 14);
    pen.save();
    pen.translate(x + 75, y + 105);
    pen.scale(0.48, 0.48);
    pen.beginPath();
    pen.rect(-125, -135, 250, 285);
    pen.clip();
    head(0, true, 0);
    pen.restore();
    for (const [row, across] of [120, 100, 130, 80].entries()) box("#5d6d7e", x + 150, y + 62 + 27 * row, across, 11, 4);
    pen.fillStyle = "#fff";
    pen.font = "bold 20px sans-serif";
    pen.fillText("MUESTRA · SPECIMEN", x + 35, y + 25);
    oval(skin, x - 2, y + 150, 26, 36);
  };

  /** The sides of the document that this person holds up when they are asked for. @type {Record<string, ImageBitmap>} */
  const sides = {};
  for (const [pose, png] of Object.entries(documents)) {
    const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
    createImageBitmap(new Blob([bytes], { type: "image/png" })).then((side) => (sides[pose] = side));
  }

  /** As large as it fits. @param {ImageBitmap} side */
  const held = (side) => {
    const size = Math.min(width / side.width, height / side.height);
    const [across, down] = [side.width * size, side.height * size];
    pen.drawImage(side, (width - across) / 2, (height - down) / 2, across, down);
  };

  const draw = () => {
    const now = new Date();
    pen.fillStyle = wall;
    pen.fillRect(0, 0, width, height);
    box("#b9c6cf", 40, 40, 130, 170, 4);
    const pose = posed();
    person(now.getTime(), pose);
    if (pose === "document") card(20, 255);
    else if (sides[pose]) held(sides[pose]);
    else if (identified() && pose === "") card(170, 250);
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
