/** Camera and microphone before the room: only the person sees and hears this, nothing is sent. */

/** @type {Record<string, string>} */
const REASONS = { NotAllowedError: "denied", NotFoundError: "missing", OverconstrainedError: "missing" };

export async function startMirror() {
  const box = document.querySelector("[data-mirror]");
  if (!box) return;
  const state = box.querySelector("[data-mirror-state]");
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    box.querySelector("video").srcObject = stream;
    state.textContent = box.dataset.ready;
    listen(stream, box.querySelector("meter"));
    addEventListener("pagehide", () => stream.getTracks().forEach((track) => track.stop()));
  } catch (error) {
    state.textContent = box.dataset[REASONS[/** @type {Error} */ (error).name] ?? "missing"];
  }
}

/**
 * @param {MediaStream} stream
 * @param {HTMLMeterElement} meter
 */
function listen(stream, meter) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    meter.value = Math.min(1, Math.sqrt(power) * 6);
  }, 100);
}
