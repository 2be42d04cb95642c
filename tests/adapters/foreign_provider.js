/**
 * An OpenID Connect provider that is not ours (oidc-provider, certified), with one client and whoever says who they are.
 * Arguments: port, client_id, client_secret, redirect_uri, algorithm of its signatures.
 */

import { generateKeyPairSync, randomUUID } from "node:crypto";
import { argv, stdout } from "node:process";
import { Provider } from "oidc-provider";

const [port, client, secret, back, algorithm] = argv.slice(2);

/** A private JWK of that algorithm. */
function key() {
  const pair =
    algorithm === "ES256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...pair.privateKey.export({ format: "jwk" }), alg: algorithm, kid: randomUUID(), use: "sig" };
}

const provider = new Provider(`http://localhost:${port}`, {
  claims: { email: ["email", "email_verified"], openid: ["sub"] },
  clients: [
    {
      client_id: client,
      client_secret: secret,
      id_token_signed_response_alg: algorithm,
      redirect_uris: [back],
    },
  ],
  // What a scope asks for stands in the id_token, as with most providers of Administrations.
  conformIdTokenClaims: false,
  cookies: { keys: [randomUUID()] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ email: id, email_verified: true, sub: id }) }),
  jwks: { keys: [key(), key()] },
  pkce: { required: () => true },
});
provider.listen(Number(port), "127.0.0.1", () => stdout.write("serves\n"));
