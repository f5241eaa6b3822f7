import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Comparison, Verdict } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import { localSite } from './site.ts';

type Flags = { family?: string; hub?: string; token?: string; data: string; json?: boolean };

/** `wayside policy replay`: what a changed policy.yaml would have done in the conversations this hub knows. Changes nothing. */
export async function replay(file: string, flags: Flags): Promise<void> {
  const policy = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new WaysideError('not-found', `${file} cannot be read (${cause.code}). Give the path of a policy.yaml.`, { cause });
  });
  const family = flags.family ?? basename(dirname(resolve(file)));
  const base = flags.hub ?? (await localSite(flags.data))?.hub.url ?? 'http://127.0.0.1:8090';
  const token =
    flags.token ?? process.env.WAYSIDE_HUB_TOKEN ?? (await readFile(join(flags.data, 'hub', 'hub-token'), 'utf8').catch(() => ''));
  if (token.trim() === '')
    throw new WaysideError('unauthorized', 'No token for the hub. Start “wayside up” here first, or give --hub and --token.');
  const response = await fetch(new URL(`/v1/policies/${encodeURIComponent(family)}/replay`, base), {
    method: 'POST',
    headers: { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ policy }),
  }).catch((cause: unknown) => {
    throw new WaysideError('unavailable', `No hub answers at ${base}. Start one with “npm start”.`, { cause });
  });
  const answer = (await response.json()) as Comparison & { detail?: string };
  if (!response.ok) throw new WaysideError('invalid', answer.detail ?? `The hub answered ${response.status}.`);
  process.stdout.write(flags.json ? `${JSON.stringify(answer)}\n` : `${asTable(family, answer)}\n`);
}

/** The comparison for people: how many came to what, then each conversation that would have gone otherwise. */
export function asTable(family: string, { sessions, unread, was, would, differences }: Comparison): string {
  const count = (effect: Verdict['effect']) => [effect, String(was[effect]), String(would[effect]), signed(would[effect] - was[effect])];
  const said = ({ effect, rule, turn }: Verdict) => (effect === 'none' ? 'none' : `${effect} by ${rule} on turn ${turn}`);
  const lines = differences.map((one) => [
    new Date(one.at).toISOString().slice(0, 16).replace('T', ' '),
    one.session,
    String(one.turns),
    said(one.was),
    said(one.would),
  ]);
  return [
    `${sessions} ${sessions === 1 ? 'conversation' : 'conversations'} of ${family}; ${differences.length} would have gone otherwise.`,
    ...(unread > 0 ? [`In ${unread} a rule on the mood could not be judged: the mood is kept only where somebody agreed to it.`] : []),
    '',
    columns([['', 'now', 'then', ''], ...(['none', 'offer', 'look-on', 'handoff', 'handoff-urgent'] as const).map(count)]),
    ...(lines.length > 0 ? ['', columns([['began (UTC)', 'conversation', 'turns', 'now', 'then'], ...lines])] : []),
  ].join('\n');
}

const signed = (n: number) => (n === 0 ? '' : n > 0 ? `+${n}` : String(n));

function columns(rows: string[][]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
