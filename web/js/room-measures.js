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
    sent: report
      .filter((entry) => entry.type === "outbound-rtp")
      // What the other end says of it (RFC 3550, 6.4.1).
      .map((entry) => ({ ...entry, lostOnTheWay: report.find((one) => one.id === entry.remoteId)?.packetsLost ?? 0 })),
  };
}

/** Seconds there and back, and packets lost of a hundred, from which on a connection is not good, and poor. */
export const FAIR = { delay: 0.3, lost: 3 };
export const POOR = { delay: 0.8, lost: 10 };

/** @typedef {{ lost: number, carried: number }} Carried */

/**
 * How many packets were lost and carried in both directions until now, as `stats` tells.
 * @param {{ received: any[], sent: any[] }} stats
 * @returns {Carried}
 */
export function carriedBy({ received, sent }) {
  const arrived = received.reduce((all, one) => ({ lost: all.lost + Math.max(0, one.packetsLost ?? 0), carried: all.carried + (one.packetsReceived ?? 0) }), { lost: 0, carried: 0 });
  return sent.reduce((all, one) => ({ lost: all.lost + Math.max(0, one.lostOnTheWay ?? 0), carried: all.carried + (one.packetsSent ?? 0) }), arrived);
}

/**
 * `good`, `fair` or `poor`; null where too little was carried since `before` to say.
 * @param {number | null} delay - Seconds there and back.
 * @param {Carried} before
 * @param {Carried} now
 */
export function qualityOf(delay, before, now) {
  const carried = now.carried - before.carried;
  if (carried < 50) return null;
  const lost = (100 * Math.max(0, now.lost - before.lost)) / carried;
  const reaches = (/** @type {typeof FAIR} */ limit) => lost >= limit.lost || (delay ?? 0) >= limit.delay;
  return reaches(POOR) ? "poor" : reaches(FAIR) ? "fair" : "good";
}
