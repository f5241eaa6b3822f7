import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig, runEdge } from '@wayside/agent';
import { newId, WaysideError } from '@wayside/protocol';
import { settingsFile, stopOnSignal } from './settings.ts';
import { version } from './version.ts';

/** `wayside edge`: one edge in this process. */
export async function edge({ json, enrol, ...flags }: Record<string, string> & { json?: boolean; enrol?: string }): Promise<void> {
  const config = readConfig(flags, process.env, settingsFile('edge'));
  if (config.hubUrl && !config.hubToken) config.hubToken = await hubToken(config.data, config.hubUrl, enrol);
  const running = await runEdge(config, version);
  stopOnSignal(running.stop);
  const ready = {
    edge: running.edge,
    url: running.url,
    token: running.token,
    panel: running.panelLink(),
    mqtt: { url: `mqtt://127.0.0.1:${running.mqttPort}`, ...running.mqtt },
  };
  process.send?.({ ready });
  if (json) process.stdout.write(`${JSON.stringify({ ready: true, ...ready })}\n`);
  else if (!process.send)
    process.stdout.write(
      `Edge is up.\n  panel   ${ready.panel}\n  devices ${ready.mqtt.url}  user ${ready.mqtt.username}  password ${ready.mqtt.password}\n`,
    );
}

/** The token of an earlier enrolment, or a new one for the code. Offline at the first start is no reason not to start. */
async function hubToken(data: string, hubUrl: string, code: string | undefined): Promise<string | undefined> {
  const file = join(data, 'hub-token');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept || !code) return kept?.trim();
  const response = await fetch(new URL('/v1/edges/enrol', hubUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, edge: newId('edge', Date.now()) }),
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: unknown) => {
    throw new WaysideError(
      'unavailable',
      `The hub at ${hubUrl} cannot be reached, so this edge cannot be enrolled now. Start without --enrol to serve alone, and enrol later.`,
      { cause },
    );
  });
  if (!response.ok)
    throw new WaysideError(
      'unauthorized',
      'The hub did not take the enrolment code: it was used before or has run out. Make a new one in the console.',
    );
  const { token } = (await response.json()) as { token: string };
  await mkdir(data, { recursive: true });
  await writeFile(file, token, { mode: 0o600 });
  return token;
}
