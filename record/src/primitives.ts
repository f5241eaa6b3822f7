/**
 * The two things the record needs from a cryptographic library. The rules of the record are the same wherever they run; Node brings these
 * two natively (`node-primitives.ts`), a browser by a portable library (`portable-primitives.ts`).
 */
export type Primitives = {
  /** FIPS 180-4. */
  sha256(data: Uint8Array): Uint8Array;
  /** Ed25519 (RFC 8032 §5.1.7), S below the group order. Never throws: what is no key or no signature does not verify. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
};

/** What a holder of a key can do with it. The key itself never leaves the holder. */
export type Signer = { readonly publicKey: Uint8Array; sign(message: Uint8Array): Uint8Array };
