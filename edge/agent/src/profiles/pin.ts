import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

// RFC 7914's interactive setting: 16 MiB and a moment, also on a small board. Ten thousand PINs are soon tried by whoever has the file,
// whatever the cost: what keeps others out at the door is the lock (`lockFor`).
const cost = { N: 2 ** 14, r: 8, p: 1, maxmem: 32 * 1024 * 1024 };

/** A PIN as it is kept: `scrypt$salt$key`, both base64url. */
export async function hashPin(digits: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(digits, salt)).toString('base64url')}`;
}

export async function isPin(digits: string, stored: string): Promise<boolean> {
  const [, salt = '', key = ''] = stored.split('$');
  const wanted = Buffer.from(key, 'base64url');
  const given = await derive(digits, Buffer.from(salt, 'base64url'));
  return wanted.length === given.length && timingSafeEqual(given, wanted);
}

/** So many may be wrong in a row before the first pause. */
export const freeTries = 5;
const firstPauseMs = 60_000;
const longestPauseMs = 3_600_000;

/** How long nobody's PIN is looked at after so many wrong ones in a row: a minute after the fifth, twice as long each time, an hour at most. */
export const lockFor = (misses: number): number =>
  misses < freeTries ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(misses - freeTries, 16));

function derive(digits: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(digits, salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
