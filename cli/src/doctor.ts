import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { installedPacksFolder, loadInstalled } from '@wayside/agent';
import { createModels, noteNatives, probeNatives } from '@wayside/models';
import { loadPacks, type Pack, packsRoot } from '@wayside/packs';
import { makeFolder } from '@wayside/sqlite/make-folder';
import { dataFolder } from './data-folder.ts';
import { localSite } from './site.ts';
import { version } from './version.ts';

type Finding = { ok: boolean; what: string; todo?: string };

/**
 * `wayside doctor`: looks at everything a start needs and says what to do about what is missing. It changes nothing, but that it makes an empty
 * data folder and notes there which native parts break on this machine, so that the edge does without them.
 */
export async function doctor(flags: { data: string }): Promise<void> {
  const findings = (
    await Promise.all([
      node(),
      folder(flags.data),
      packs(flags.data),
      models(),
      nativeParts(flags.data),
      running(flags.data),
      ...[8080, 8090, 1883].map(port),
    ])
  ).flat();
  for (const { ok, what, todo } of findings) process.stdout.write(`${ok ? '✓' : '✗'} ${what}${todo ? `\n    ${todo}` : ''}\n`);
  process.exitCode = findings.every((f) => f.ok) ? 0 : 1;
}

function node(): Finding {
  const ok = process.versions.node.startsWith('24.');
  return {
    ok,
    what: `Node ${process.versions.node}`,
    ...(ok ? {} : { todo: 'Wayside runs on the Node 24 it brings along: use “npm run wayside -- …”.' }),
  };
}

async function folder(data: string): Promise<Finding> {
  const path = resolve(data);
  try {
    await dataFolder(path);
    const { bavail, bsize } = await statfs(path);
    const free = Math.round((bavail * bsize) / 2 ** 20);
    const ok = free > 500;
    return {
      ok,
      what: `Data folder ${path}, ${free} MiB free`,
      ...(ok ? {} : { todo: 'Free some space, or choose another folder with --data.' }),
    };
  } catch (error) {
    return {
      ok: false,
      what: `Data folder ${path}`,
      todo: (error as Error).message,
    };
  }
}

async function packs(data: string): Promise<Finding[]> {
  const shipped = await loadPacks(packsRoot);
  const installed = await loadInstalled(installedPacksFolder({ data: join(data, 'edge') }));
  const list = (of: Pack[]) => of.map((p) => `${p.family} ${p.version}`).join(', ');
  return [
    { ok: true, what: `Packs: ${list(shipped.packs)}` },
    ...(installed.packs.length > 0 ? [{ ok: true, what: `Installed packs, which go before them: ${list(installed.packs)}` }] : []),
    ...[...shipped.broken, ...installed.broken].map(({ dir, problems }) => ({
      ok: false,
      what: `Pack ${dir}: ${problems[0]?.problem ?? 'unreadable'}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`,
      todo: `wayside pack check ${dir}`,
    })),
  ];
}

async function models(): Promise<Finding[]> {
  const states = await createModels().doctor(() => {});
  const lite = states.every((s) => s.state !== 'present');
  return [
    ...states.filter((s) => s.state === 'corrupt').map((s) => ({ ok: false, what: `Model ${s.id} is damaged`, todo: s.advice })),
    {
      ok: true,
      what: lite
        ? 'Models: none here, so the lite tier (“wayside models pull” fetches one)'
        : `Models: ${states
            .filter((s) => s.state === 'present')
            .map((s) => s.id)
            .join(', ')}`,
    },
  ];
}

/** Each native part is tried in a process of its own, since one built for another processor ends the process that loads it. */
async function nativeParts(data: string): Promise<Finding[]> {
  const states = await probeNatives();
  const folder = join(data, 'edge');
  // A folder that cannot be written has its own finding.
  await makeFolder(folder)
    .then(() => noteNatives(folder, states, version))
    .catch(() => {});
  return states.map((each): Finding => {
    if (each.state === 'broken')
      return {
        ok: false,
        what: `Native part ${each.native} breaks on this machine: ${each.why}`,
        todo: 'The edge does without it from its next start (lite tier, or a voice in WebAssembly). Newer builds may run: try again after an update.',
      };
    const here = each.state === 'works' ? 'computes' : 'not installed, so the tier below it';
    return { ok: true, what: `Native part ${each.native}: ${here}` };
  });
}

async function running(data: string): Promise<Finding[]> {
  const site = await localSite(data);
  if (!site) return [];
  const up = async (name: string, url: string): Promise<Finding> => {
    const ok = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(2_000) }).then(
      (r) => r.ok,
      () => false,
    );
    return { ok: true, what: `${name} at ${url}: ${ok ? 'up and healthy' : 'not running now'}` };
  };
  return Promise.all([up('Edge', site.edge.url), up('Hub', site.hub.url)]);
}

function port(number: number): Promise<Finding> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      done({
        ok: error.code === 'EADDRINUSE',
        what: `Port ${number} ${error.code === 'EADDRINUSE' ? 'is in use (by Wayside itself, if it runs)' : `cannot be opened: ${error.message}`}`,
        todo: 'Another port: --edge-port, --hub-port, --mqtt-port.',
      }),
    );
    probe.listen(number, '127.0.0.1', () => probe.close(() => done({ ok: true, what: `Port ${number} is free` })));
  });
}
