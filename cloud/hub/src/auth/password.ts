import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

// OWASP Password Storage Cheat Sheet: N=2^15, r=8, p=3 is one of its equivalent scrypt settings; this one needs 32 MiB for each check.
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

/** At most this many checks at once: a flood of sign-ins waits in line rather than take the memory of everything else. */
const lanes = 2;
let running = 0;
const line: (() => void)[] = [];

async function derive(password: string, salt: Buffer): Promise<Buffer> {
  if (running >= lanes) await new Promise<void>((resolve) => line.push(resolve));
  else running++;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
    });
  } finally {
    const next = line.shift();
    if (next) next();
    else running--;
  }
}

/** A password as it is stored: `scrypt$salt$key`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`;
}

const nobody = `scrypt$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`;

/** Is it the password? For a name nobody has (`stored` undefined) the answer is no after the same work, so that time tells nothing. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, salt = '', key = ''] = (stored ?? nobody).split('$');
  const same = timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url')), Buffer.from(key, 'base64url'));
  return same && stored !== undefined;
}

const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to be read off a screen and typed: 20 letters of 31, which is 99 random bits. */
export const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => readable[randomInt(readable.length)]).join('')).join('-');
