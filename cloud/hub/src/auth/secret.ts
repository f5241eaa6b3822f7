import { createHash, randomBytes } from 'node:crypto';

/** A new bearer secret: 256 random bits, base64url, with a prefix that tells people and leak scanners what it is. */
export const newSecret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** What is kept of a secret. It has 256 random bits, so a plain hash cannot be searched back, and looking it up by hash leaks no timing. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
