import { WaysideError } from '@wayside/protocol';
import { localSite } from './site.ts';

type Flags = { data: string; things?: string; tree?: string; anew?: boolean; minutes: string };
type Wanted = { device: string; things?: string[]; trees?: string[]; anew?: boolean };
type Login = { username: string; password: string; port: number };

/** Gives a device its own secret at a running edge. */
export const letIn = (url: string, token: string, wanted: Wanted): Promise<Login> => ask(url, token, 'POST', '/v1/devices', wanted);

/** `wayside devices`: who may come in at the broker of the edge that runs here. */
export async function devices(act: string | undefined, device: string | undefined, flags: Flags): Promise<void> {
  const site = await localSite(flags.data);
  if (!site) throw new WaysideError('not-found', `No site was started with the data folder ${flags.data}. Start one with “npm start”.`);
  const { url, token, mqtt } = site.edge;
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  switch (act) {
    case undefined: {
      const { devices: all } = await ask<{ devices: { device: string; things: string[]; trees: string[] }[] }>(
        url,
        token,
        'GET',
        '/v1/devices',
      );
      for (const one of all) say(`${one.device}  ${[...one.things, ...one.trees.map((tree) => `${tree}/…`)].join(', ')}`);
      if (all.length === 0) say('No device has a secret of its own yet. Give one with: wayside devices add <thing>');
      return;
    }
    case 'add': {
      const things = flags.things?.split(',').map((one) => one.trim());
      const made = await letIn(url, token, {
        device: named(device),
        ...(things ? { things } : {}),
        ...(flags.tree ? { trees: [flags.tree] } : {}),
        ...(flags.anew ? { anew: true } : {}),
      });
      say(
        `${made.username} may come in at ${mqtt.url.replace(/:\d+$/, `:${made.port}`)} with the password\n  ${made.password}\nIt is told this once and kept nowhere.`,
      );
      return;
    }
    case 'remove':
      await ask(url, token, 'DELETE', `/v1/devices/${encodeURIComponent(named(device))}`);
      say(`${device} is out.`);
      return;
    case 'open': {
      const { code } = await ask<{ code: string }>(url, token, 'POST', '/v1/devices/window', { minutes: Number(flags.minutes) });
      say(
        `For ${flags.minutes} min a device may ask for its secret with the code ${code}:\n  curl -H 'content-type: application/json' ${url}/v1/devices/pair -d '{"code":"${code}","device":"<thing>"}'`,
      );
      return;
    }
    default:
      throw new WaysideError(
        'invalid',
        `There is no “devices ${act}”. There are: devices, devices add <thing>, devices remove <thing>, devices open.`,
      );
  }
}

function named(device: string | undefined): string {
  if (device) return device;
  throw new WaysideError('invalid', 'Name the device, which is the id of its thing.');
}

async function ask<T>(url: string, token: string, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new WaysideError('unavailable', `Nothing answers at ${url}. Is Wayside running?`, { cause });
  });
  const text = await response.text();
  const answer = (text === '' ? {} : JSON.parse(text)) as T & { detail?: string };
  if (!response.ok) throw new WaysideError('conflict', answer.detail ?? `The edge answered ${response.status}.`);
  return answer;
}
