import { WaysideError } from '@wayside/protocol';
import { isSdk, prepareSdk, sdks } from './sdks.ts';
import type { Launch } from './subject.ts';
import { type Outcome, type Part, partNames, runSuite } from './suite.ts';

type Flags = { sdk?: string; device?: string; only?: string; json?: boolean };

/**
 * `wayside conformance`: drives a device program through connect, describe, telemetry, codes, commands, offline, replay and bad frames against a
 * real edge. Exit code 1 when a check fails, 2 when the program cannot be made or begun here (with the reason).
 */
export async function conformance({ sdk, device, only, json }: Flags): Promise<void> {
  const say = (line: string) => json || process.stdout.write(`${line}\n`);
  const about = sdk ?? device;
  if (!about || (sdk && device))
    throw new WaysideError('invalid', 'Say which one: --sdk node, python or c; or --device with the command that begins yours.');
  const chosen = partsIn(only);
  const launch = await launchOf(sdk, device);
  if ('missing' in launch) {
    say(`skipped: ${launch.missing}`);
    if (json) process.stdout.write(`${JSON.stringify({ device: about, skipped: launch.missing })}\n`);
    process.exitCode = 2;
    return;
  }
  say(`${about}, against a real edge:\n`);
  let part = '';
  const outcomes = await runSuite(launch, chosen, (one) => {
    if (one.part !== part) say(one.part);
    part = one.part;
    say(line(one));
  });
  const count = (of: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === of).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  say(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  if (json) process.stdout.write(`${JSON.stringify({ device: about, passed, failed, skipped, checks: outcomes })}\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function partsIn(only: string | undefined): Part[] {
  if (only === undefined) return partNames;
  const wanted = only.split(',');
  const unknown = wanted.find((name) => !partNames.includes(name as Part));
  if (unknown !== undefined) throw new WaysideError('invalid', `There is no part "${unknown}". There are: ${partNames.join(', ')}.`);
  return partNames.filter((name) => wanted.includes(name));
}

async function launchOf(sdk: string | undefined, device: string | undefined): Promise<Launch | { missing: string }> {
  if (device !== undefined) return { command: '/bin/sh', args: ['-c', `exec ${device}`] };
  if (!isSdk(sdk)) throw new WaysideError('invalid', `There is no SDK "${sdk}". There are: ${sdks.join(', ')}.`);
  return prepareSdk(sdk);
}

const signs = { passed: '✓', failed: '✗', skipped: '–' };
const line = ({ outcome, name, source, why, ms }: Outcome) =>
  `  ${signs[outcome]} ${name} (${(ms / 1_000).toFixed(1)} s)${why === undefined ? '' : `\n      ${why}${outcome === 'failed' ? `\n      promised in: ${source}` : ''}`}`;
