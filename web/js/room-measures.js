/** What a room measures of its connections: who speaks loudest, and how well pictures and sound arrive. */

/** Between 0 and 1; quieter than a voice in a room, louder than the room itself. */
const VOICE = 0.03;

/**
 * The participant whose voice is the loudest now, null when nobody speaks.
 * @param {import("./room.js").Slot[]} slots
 * @param {Map<string, RTCRtpReceiver>} voices
 * @returns {string | null}
 */
export function loudest(slots, voices) {
  /** @param {import("./room.js").Slot} slot */
  const level = (slot) => voices.get(slot.stream)?.getSynchronizationSources()[0]?.audioLevel ?? 0;
  return slots
    .map((slot) => ({ participant: slot.participant, level: level(slot) }))
    .reduce((a, b) => (b.level > a.level ? b : a), { participant: null, level: VOICE }).participant;
}

/**
 * {roundTripTime, way: "host", "srflx", "prflx" or "relay", received: [{participant, kind, framesDecoded, frameWidth, packetsLost, jitter, ...}], sent: [...]}.
 * @param {RTCPeerConnection | null | undefined} peer
 * @param {(track: MediaStreamTrack) => string | null} ownerOf
 */
export async function statsOf(peer, ownerOf) {
  const report = peer ? [...(await peer.getStats()).values()] : [];
  const owners = new Map(peer?.getTransceivers().map((t) => [t.mid, ownerOf(t.receiver.track)]));
  const pair = report.find((entry) => entry.type === "candidate-pair" && entry.nominated);
  return {
    roundTripTime: pair?.currentRoundTripTime ?? null,
    way: report.find((entry) => entry.id === pair?.localCandidateId)?.candidateType ?? null,
    received: report
      .filter((entry) => entry.type === "inbound-rtp" && owners.get(entry.mid))
      .map((entry) => ({ ...entry, participant: owners.get(entry.mid) })),
    sent: report.filter((entry) => entry.type === "outbound-rtp"),
  };
}
