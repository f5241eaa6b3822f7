import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Primitives } from './primitives.ts';

/** Plain JavaScript, for a page opened from a disk with nothing else at hand. */
export const portablePrimitives: Primitives = {
  sha256: (data) => sha256(data),
  verify(publicKey, message, signature) {
    try {
      // zip215 off: the strict reading of RFC 8032, as everywhere else here.
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};
