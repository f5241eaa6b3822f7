import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { releaseList } from '@wayside/contract';
import { check, WaysideError } from '@wayside/protocol';
import { type EdgeFlags, findEdge } from './find-edge.ts';
import { findHub, type HubFlags } from './find-hub.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `wayside release offer`: puts a bundle (`wayside edge bundle`) at the hub, on its machine. It reaches edges once it is signed. */
export async function offer(folder: string, flags: HubFlags): Promise<void> {
  const { keys, call } = await findHub(flags);
  const list = await listOf(folder);
  const store = join(dirname(keys), 'releases');
  await mkdir(store, { recursive: true });
  for (const { path, sha256 } of list.files) await copyFile(join(folder, path), join(store, sha256));
  await call('POST', '/v1/releases', list);
  say(
    `${list.release} is at the hub: ${list.files.length} files for ${list.platform}. Sign it with “wayside updates sign”, unless the keys lie at the hub;`,
  );
  say(`then, on a machine of that kind: wayside release take ${list.release}`);
}

/** What a bundle holds, after every file was held against its SHA256SUMS. @throws WaysideError `invalid` when one differs, or it is no bundle */
async function listOf(folder: string) {
  const [manifest, sums] = await Promise.all(['manifest.json', 'SHA256SUMS'].map((name) => readFile(join(folder, name), 'utf8'))).catch(
    (cause) => {
      throw new WaysideError('invalid', `${folder} is no bundle: make one with “wayside edge bundle”.`, { cause });
    },
  );
  const { name, version, platform } = JSON.parse(manifest as string) as Record<'name' | 'version' | 'platform', string>;
  const named = (sums as string)
    .trim()
    .split('\n')
    .map((line) => line.split('  ') as [string, string]);
  const files = await Promise.all(
    [...named, [undefined, 'SHA256SUMS'] as const].map(async ([said, path]) => {
      const file = join(folder, path);
      const sha256 = await hashOf(file);
      if (said !== undefined && said !== sha256)
        throw new WaysideError('invalid', `${path} is not what SHA256SUMS says. Make the bundle again.`);
      const { size, mode } = await stat(file);
      return { path, sha256, bytes: size, ...(mode & 0o100 ? { runs: true as const } : {}) };
    }),
  );
  return check(releaseList, { release: name, version, platform, files }, 'bundle');
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** `wayside release take`: has the edge of this machine fetch a release, and says how it is switched to, and back. */
export async function take(release: string, flags: EdgeFlags): Promise<void> {
  const { call } = await findEdge(flags);
  for (;;) {
    const { folder, files, fetched, done } = await call<{ folder: string; files: number; fetched: number; done: boolean }>('/v1/releases', {
      release,
    });
    if (!done) {
      say(`${fetched} of ${files} files`);
      continue;
    }
    const from = resolve(folder);
    say(`${release} lies in ${from}, each file as it was signed. Nothing is switched yet. To switch, as the owner of the machine:
  sudo cp -r ${from} /opt/${release}
  (cd /opt/${release} && sha256sum --check --quiet SHA256SUMS && bin/wayside doctor --data /tmp/trial)
  readlink /opt/wayside     # what runs now: keep its name for the way back
  sudo ln -sfn /opt/${release} /opt/wayside && sudo systemctl restart wayside-edge
And back: sudo ln -sfn <what readlink said> /opt/wayside && sudo systemctl restart wayside-edge`);
    return;
  }
}
