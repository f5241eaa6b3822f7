import { chmod, readFile } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';
import { writeSecret } from '@wayside/sqlite';
import { newSecret } from './secret.ts';

/**
 * The token scripts use to act as the first admin: made at the first start and kept in a file only its owner may read.
 * Delete the file and start again for a new one.
 */
export async function serviceToken(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new WaysideError('internal', `The hub's token file ${file} cannot be read. Check its owner and rights.`, { cause: error });
  });
  if (kept !== undefined && /^wsv_[A-Za-z0-9_-]{43}\s*$/.test(kept)) {
    await chmod(file, 0o600);
    return kept.trim();
  }
  const token = newSecret('wsv');
  await writeSecret(file, `${token}\n`);
  return token;
}
