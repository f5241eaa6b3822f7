import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pack } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';

const types: Record<string, string> = { svg: 'image/svg+xml', png: 'image/png', webp: 'image/webp' };

/**
 * A picture that a pack's procedures show; no other file of it can be had this way.
 * @throws WaysideError `not-found`
 */
export async function readPicture(pack: Pack | undefined, file: string): Promise<{ type: string; body: Uint8Array<ArrayBuffer> }> {
  const shown = Object.values(pack?.procedures ?? {}).some(({ steps }) => steps.some(({ picture }) => picture?.file === file));
  const body = pack && shown ? await readFile(join(pack.dir, 'pictures', file)).catch(() => undefined) : undefined;
  if (!body) throw new WaysideError('not-found', 'There is no such picture.');
  return { type: types[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream', body: new Uint8Array(body) };
}
