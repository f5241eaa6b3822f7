import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * log2 of scrypt's N. OWASP Password Storage Cheat Sheet: N=2^15, r=8, p=3 is one of its equivalent settings; this one needs 32 MiB for each check.
 * It stands in what is stored, so that it can be raised.
 */
export const passwordWork = 15;
const others = { r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

/** At most this many checks at once: a flood of sign-ins waits in line rather than take the memory of everything else. */
const lanes = 2;
let running = 0;
const line: (() => void)[] = [];

async function derive(password: string, salt: Buffer, work: number): Promise<Buffer> {
  if (running >= lanes) await new Promise<void>((resolve) => line.push(resolve));
  else running++;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(password.normalize('NFKC'), salt, 32, { N: 2 ** work, ...others }, (error, key) => (error ? reject(error) : resolve(key)));
    });
  } finally {
    const next = line.shift();
    if (next) next();
    else running--;
  }
}

/** A password as it is stored: `scrypt$work$salt$key`, the last two in base64url. */
export async function hashPassword(password: string, work = passwordWork): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${work}$${salt.toString('base64url')}$${(await derive(password, salt, work)).toString('base64url')}`;
}

const nobody = (work: number) => `scrypt$${work}$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`;

/** Is it the password? For a name nobody has (`stored` undefined), or who has none (empty), the answer is no after the same work, so that time tells nothing. */
export async function isPassword(password: string, stored: string | undefined, work = passwordWork): Promise<boolean> {
  const [, cost, salt = '', key = ''] = (stored || nobody(work)).split('$');
  const same = timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), Number(cost)), Buffer.from(key, 'base64url'));
  return same && !!stored;
}

const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to be read off a screen and typed: groups of five letters of 31; four are 99 random bits, three 74. */
export const newPassword = (groups = 4): string =>
  Array.from({ length: groups }, () => Array.from({ length: 5 }, () => readable[randomInt(readable.length)]).join('')).join('-');
