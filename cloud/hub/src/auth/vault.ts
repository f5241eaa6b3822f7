import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';
import { writeSecret } from '@wayside/sqlite';

/** Closes what a hub must read again, of which a hash will not do. Its key lies apart from the store: a copy or a dump of that tells nothing. */
export type Vault = {
  /** @param of whose it is: closed for one, it opens for no other */
  close(secret: string, of: string): string;
  /** Undefined when none of the keys here closed it. What was kept before there was a vault is given as it is. */
  open(closed: string, of: string): string | undefined;
  /** Is it closed with the newest key? */
  isFresh(closed: string): boolean;
  /** Which key closes, as a word that tells nothing of it; and whether it is one of ours. */
  readonly newest: string;
  has(key: string): boolean;
  /** Keys before the newest are of no use any more. */
  dropOld(): Promise<void>;
};

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const closedShape = /^w1\.([\w-]{8})\.([\w-]+)$/;
const nameOf = (key: Buffer): string => hash('sha256', key, 'base64url').slice(0, 8);

/**
 * @param file its keys, one a line, the newest first; made at the first start, for its owner only
 * @throws WaysideError `internal` when the file cannot be read or is damaged
 */
export async function openVault(file: string): Promise<Vault> {
  let keys = await readKeys(file);
  if (keys.length === 0) {
    keys = [randomBytes(keyBytes)];
    await writeKeys(file, keys);
  }
  await chmod(file, 0o600);
  const byName = new Map(keys.map((key) => [nameOf(key), key]));
  const [newest, key] = byName.entries().next().value as [string, Buffer];
  return {
    newest,
    has: (name) => byName.has(name),
    isFresh: (closed) => closedShape.exec(closed)?.[1] === newest,
    close(secret, of) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(of));
      const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `w1.${newest}.${sealed.toString('base64url')}`;
    },
    open(closed, of) {
      const [, name, text] = closedShape.exec(closed) ?? [];
      if (name === undefined) return closed;
      const by = byName.get(name);
      const sealed = Buffer.from(text as string, 'base64url');
      if (!by || sealed.length < nonceBytes + tagBytes) return undefined;
      try {
        const cipher = createDecipheriv('aes-256-gcm', by, sealed.subarray(0, nonceBytes)).setAAD(Buffer.from(of));
        cipher.setAuthTag(sealed.subarray(-tagBytes));
        return Buffer.concat([cipher.update(sealed.subarray(nonceBytes, -tagBytes)), cipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    async dropOld() {
      if (keys.length > 1) await writeKeys(file, [key]);
    },
  };
}

/** Puts a new key before those that are there. At the next start all is closed with it, and the old ones go. */
export async function renewKey(file: string): Promise<void> {
  await writeKeys(file, [randomBytes(keyBytes), ...(await readKeys(file))]);
}

const writeKeys = (file: string, keys: readonly Buffer[]): Promise<void> =>
  writeSecret(file, keys.map((key) => `${key.toString('base64url')}\n`).join(''));

async function readKeys(file: string): Promise<Buffer[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    throw new WaysideError('internal', `The keys in ${file} cannot be read (${cause.code}). Check its owner and rights.`, { cause });
  });
  const lines = text.split('\n').filter(Boolean);
  if (lines.some((line) => !/^[\w-]{43}$/.test(line)))
    throw new WaysideError('internal', `The keys in ${file} are damaged. Put a copy back; if there is none, move the file away.`);
  return lines.map((line) => Buffer.from(line, 'base64url'));
}
