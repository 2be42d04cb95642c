/**
 * Encryption to a public key that only its owner can undo: RFC 9180 (HPKE), base mode, one message, with
 * DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM. Only the sender's side, of what WebCrypto has.
 */

const KEM = Uint8Array.of(0x4b, 0x45, 0x4d, 0x00, 0x10); // "KEM", 0x0010
const SUITE = Uint8Array.of(0x48, 0x50, 0x4b, 0x45, 0x00, 0x10, 0x00, 0x01, 0x00, 0x02); // "HPKE", kem, kdf, aead
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const NOTHING = new Uint8Array();

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** @param {string} words */
export const bytes = (words) => /** @type {Bytes} */ (new TextEncoder().encode(words));

/** @param {Bytes[]} parts */
function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * @param {Bytes} key
 * @param {Bytes} message
 */
async function hmac(key, message) {
  const with32 = key.length ? key : new Uint8Array(32); // an empty key is one of zeros (RFC 2104), and WebCrypto takes none
  const made = await crypto.subtle.importKey("raw", with32, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", made, message));
}

/**
 * @param {Bytes} suite
 * @param {Bytes} salt
 * @param {string} label
 * @param {Bytes} material
 */
const extract = (suite, salt, label, material) => hmac(salt, joined(bytes("HPKE-v1"), suite, bytes(label), material));

/**
 * @param {Bytes} suite
 * @param {Bytes} secret
 * @param {string} label
 * @param {Bytes} info
 * @param {number} length 32 at the most: one block of HKDF
 */
async function expand(suite, secret, label, info, length) {
  const labelled = joined(Uint8Array.of(0, length), bytes("HPKE-v1"), suite, bytes(label), info, Uint8Array.of(1));
  return (await hmac(secret, labelled)).slice(0, length);
}

/**
 * `clear`, bound to `info`: the key of the message (65 bytes) and the ciphertext.
 * @param {Bytes} owner public key on P-256, SubjectPublicKeyInfo
 * @param {Bytes} info
 * @param {Bytes} clear
 */
export async function encrypted(owner, info, clear) {
  const theirs = await crypto.subtle.importKey("spki", owner, CURVE, true, []);
  const ours = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]));
  /** @param {CryptoKey} key */
  const point = async (key) => new Uint8Array(await crypto.subtle.exportKey("raw", key));
  const [enc, owned] = [await point(ours.publicKey), await point(theirs)];
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256));
  const both = joined(enc, owned);
  const secret = await expand(KEM, await extract(KEM, NOTHING, "eae_prk", shared), "shared_secret", both, 32);
  const [id, infoHash] = [await extract(SUITE, NOTHING, "psk_id_hash", NOTHING), await extract(SUITE, NOTHING, "info_hash", info)];
  const schedule = joined(Uint8Array.of(0), id, infoHash);
  const base = await extract(SUITE, secret, "secret", NOTHING);
  const key = await expand(SUITE, base, "key", schedule, 32);
  const iv = await expand(SUITE, base, "base_nonce", schedule, 12);
  const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return joined(enc, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, cipher, clear)));
}
