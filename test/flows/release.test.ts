import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { offer, take } from '../../cli/src/release.ts';
import { createSite, type Site } from '../support/site.ts';

const platform = `${process.platform}-${process.arch}`;
let site: Site;
let said = '';
beforeAll(async () => {
  site = await createSite();
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await site.close();
});

/** A bundle as `wayside edge bundle` leaves it, but small. */
async function bundle(name: string, version: string, machine = platform): Promise<string> {
  const folder = join(site.folder, 'bundles', name);
  const files = {
    'bin/wayside': '#!/bin/sh\n',
    'cli/dist/wayside.cjs': `"${version}"`,
    'manifest.json': JSON.stringify({ name, version, platform: machine }),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text, { mode: path.startsWith('bin/') ? 0o755 : 0o644 });
  }
  const sums = Object.entries(files).map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}\n`);
  await writeFile(join(folder, 'SHA256SUMS'), sums.join(''));
  return folder;
}
const atHub = () => ({ hub: site.hubUrl, data: site.folder });
const atEdge = () => ({ edge: site.edge().url, token: site.edge().token, data: site.folder });
const stored = async (path: string) =>
  join(
    site.folder,
    'hub/releases',
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  );

it('a release comes as it was signed, into a folder of its own, and says how it is switched to and back', async () => {
  await offer(await bundle('edge-2', '2.0.0'), atHub());
  await take('edge-2', atEdge());
  const folder = join(site.folder, 'edge/releases/edge-2');
  expect(await readFile(join(folder, 'cli/dist/wayside.cjs'), 'utf8')).toBe('"2.0.0"');
  expect((await stat(join(folder, 'bin/wayside'))).mode & 0o111).toBe(0o111);
  expect(said).toContain('sudo ln -sfn /opt/edge-2 /opt/wayside');
  expect(said).toContain('And back:');
  await take('edge-2', atEdge());
});

it('a file that is another at the hub than was signed is not taken, nor a release that is not there or for another machine', async () => {
  const folder = await bundle('edge-3', '3.0.0');
  await offer(folder, atHub());
  await writeFile(await stored(join(folder, 'cli/dist/wayside.cjs')), '"3.0.1"');
  await expect(take('edge-3', atEdge())).rejects.toThrow('not the file that was signed');
  await expect(stat(join(site.folder, 'edge/releases/edge-3'))).rejects.toThrow();
  await offer(folder, atHub());
  await take('edge-3', atEdge());
  await offer(await bundle('edge-other', '3.0.0', 'plan9-mips'), atHub());
  await expect(take('edge-other', atEdge())).rejects.toThrow('plan9-mips');
  await expect(take('edge-9', atEdge())).rejects.toThrow('Nobody signed');
});

it('what is no bundle, or was changed since, is not offered', async () => {
  await expect(offer(site.folder, atHub())).rejects.toMatchObject({ code: 'invalid' });
  const folder = await bundle('edge-4', '4.0.0');
  await writeFile(join(folder, 'bin/wayside'), 'changed');
  await expect(offer(folder, atHub())).rejects.toThrow('SHA256SUMS');
  const body = JSON.stringify({
    release: 'x',
    version: '1',
    platform,
    files: [{ path: '../../etc/passwd', sha256: 'a'.repeat(64), bytes: 1 }],
  });
  expect((await site.technician.raw('/v1/releases', { method: 'POST', body })).status).toBe(400);
});
