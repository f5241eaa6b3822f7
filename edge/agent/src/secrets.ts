import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { writeSecret } from '@wayside/sqlite';
import { z } from 'zod';

const secrets = z.object({ token: z.string().min(16), mqtt: z.object({ username: z.string().min(1), password: z.string().min(1) }) });
export type Secrets = z.infer<typeof secrets>;

/**
 * The edge's own secrets, made at the first start and kept where only its user may read. Nothing here has a default.
 * Damaged ones are never replaced in silence: every device would be locked out.
 * @throws WaysideError `internal` when the file is damaged or cannot be read
 */
export async function readSecrets(data: string): Promise<Secrets> {
  const file = join(data, 'secrets.json');
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new WaysideError('internal', `The secrets in ${file} cannot be read (${cause.code}). Check its owner and rights.`, { cause });
  });
  return text === undefined ? make(file) : parse(text, file);
}

function parse(text: string, file: string): Secrets {
  try {
    return secrets.parse(JSON.parse(text));
  } catch (cause) {
    throw new WaysideError(
      'internal',
      `The secrets in ${file} are damaged. Put a copy back; or move the file away, then new ones are made and every device needs the new password.`,
      { cause },
    );
  }
}

async function make(file: string): Promise<Secrets> {
  const secret = () => randomBytes(24).toString('base64url');
  const made: Secrets = { token: secret(), mqtt: { username: 'device', password: secret() } };
  await writeSecret(file, JSON.stringify(made, null, 2));
  return made;
}
