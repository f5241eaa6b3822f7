import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { receiptName } from '@wayside/packs';
import { z } from 'zod';

/** That a pack passed its whole check, scenarios too, as it lay there then. */
const receipt = z.object({ family: z.string(), version: z.string(), fingerprint: z.string(), by: z.string(), at: z.number() }).strict();
export type Receipt = z.infer<typeof receipt>;

export type InstalledPack = { dir: string; receipt: Receipt };

/** Of packs as they are served, by what those that were installed are known for sure. */
export async function withFingerprints<P extends { family: string; version: string }>(
  packs: readonly P[],
  root: string,
): Promise<(P & { fingerprint?: string })[]> {
  const receipts = (await installedPacks(root)).map(({ receipt }) => receipt);
  return packs.map((pack) => {
    const is = receipts.find(({ family, version }) => family === pack.family && version === pack.version);
    return is ? { ...pack, fingerprint: is.fingerprint } : pack;
  });
}

/** Every folder of installed packs that has a receipt. */
export async function installedPacks(root: string): Promise<InstalledPack[]> {
  const names = await readdir(root).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => !name.endsWith('.coming'))
      .sort()
      .map(async (name) => {
        const dir = join(root, name);
        const text = await readFile(join(dir, receiptName), 'utf8').catch(() => '');
        const parsed = receipt.safeParse(text === '' ? undefined : parsedJson(text));
        return parsed.success ? [{ dir, receipt: parsed.data }] : [];
      }),
  );
  return found.flat();
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
