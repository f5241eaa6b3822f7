import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { client } from '../support/site.ts';

/**
 * `npm run prove:bundle`: `wayside edge bundle`, with AI and without, is made for this machine, copied to a path of its own and started there with nothing
 * in its environment but a PATH to Node. Its checksums must hold, its size stay below the goal, its doctor find every native, and a turn be served.
 */
const program = join(import.meta.dirname, '../../cli/dist/wayside.cjs');
const goalMiB = { ai: 125, 'no-ai': 60 };

const folder = mkdtempSync(join(tmpdir(), 'wayside-prove-bundle-'));
try {
  for (const kind of ['ai', 'no-ai'] as const) await prove(kind);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function prove(kind: keyof typeof goalMiB): Promise<void> {
  const made = join(folder, `${kind}-made`);
  const flags = kind === 'ai' ? [] : ['--no-ai'];
  const args = ['--disable-warning=ExperimentalWarning', program, 'edge', 'bundle', '--json', '--out', made, ...flags];
  const told = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as { bytes: number };
  const copy = join(folder, `${kind} a path with spaces`);
  cpSync(made, copy, { recursive: true });
  rmSync(made, { recursive: true });

  const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: folder, XDG_CACHE_HOME: join(folder, 'empty') };
  const run = (file: string, ...rest: string[]) => execFileSync(file, rest, { cwd: copy, env, encoding: 'utf8' });
  run('sha256sum', '--check', '--quiet', 'SHA256SUMS');
  demand(told.bytes / 2 ** 20 <= goalMiB[kind], `${(told.bytes / 2 ** 20).toFixed(1)} MiB is over the goal of ${goalMiB[kind]}`);
  const natives = run(join(copy, 'bin/wayside'), 'doctor', '--data', join(folder, kind)).match(/Native part .*/g) ?? [];
  demand(natives.length === 2 && natives.every((line) => line.includes(kind === 'ai' ? 'computes' : 'not installed')), natives.join('; '));
  const answer = await askEdge(join(copy, 'bin/wayside'), env, join(folder, kind, 'edge'));
  demand(answer.text.length > 0 && answer.rung !== undefined, `no answer: ${JSON.stringify(answer)}`);
  process.stdout.write(
    `${kind}: ${(told.bytes / 2 ** 20).toFixed(1)} MiB of ${goalMiB[kind]}; ${natives.join('; ')}; “${answer.text}” (${answer.rung})\n`,
  );
}

/** Starts the edge of a bundle, asks it one thing, and stops it. */
async function askEdge(command: string, env: Record<string, string>, data: string): Promise<{ text: string; rung?: string }> {
  const ports = ['--port', '0', '--mqtt-port', '0'];
  const edge = spawn(command, ['edge', '--json', ...ports, '--data', data, '--log-level', 'error'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const ready = await new Promise<{ url: string; token: string }>((done, reject) => {
      createInterface({ input: edge.stdout }).once('line', (line) => done(JSON.parse(line)));
      edge.once('exit', (code) => reject(new Error(`the edge of the bundle ended with ${code}`)));
    });
    const operator = client(
      () => ready.url,
      () => ready.token,
    );
    const { session } = await operator.post('/v1/sessions', { channel: 'panel', locale: 'en' });
    return (await operator.post(`/v1/sessions/${session}/turns`, { text: 'what can you do?' })).answer;
  } finally {
    edge.kill('SIGTERM');
  }
}

function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
