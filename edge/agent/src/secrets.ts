import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Secrets = { token: string; mqtt: { username: string; password: string } };

/** The edge's own secrets, made at the first start and kept where only its user may read. Nothing here has a default. */
export async function readSecrets(data: string): Promise<Secrets> {
  const file = join(data, 'secrets.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = () => randomBytes(24).toString('base64url');
  const made: Secrets = { token: secret(), mqtt: { username: 'device', password: secret() } };
  await mkdir(data, { recursive: true });
  await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600, flag: 'wx' });
  return made;
}
