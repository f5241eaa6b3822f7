import { parseArgs } from 'node:util';
import { WaysideError } from '@wayside/protocol';
import { hubConfig, readHubConfig, variableOf } from './config.ts';
import { createHub } from './hub.ts';

const flagOf = (key: string) => key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
const keys = Object.keys(hubConfig.shape) as (keyof typeof hubConfig.shape)[];

function help(): string {
  const defaults = hubConfig.parse({});
  const lines = keys.map((key) => {
    const value = defaults[key];
    return `  --${flagOf(key).padEnd(14)} ${hubConfig.shape[key].description}\n${' '.repeat(19)}${variableOf(key)}${value === undefined ? '' : `, default ${value}`}`;
  });
  return `The Wayside hub: edges bring their cases here, technicians answer them.\n\n${lines.join('\n')}\n  --json           Print one line of JSON when ready\n  --help           This text\n`;
}

function flags(): Record<string, unknown> {
  const options = Object.fromEntries(keys.map((key) => [flagOf(key), { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ options: { ...options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
    return values;
  } catch (error) {
    throw new WaysideError('invalid', `${(error as Error).message}\nRun with --help to see what can be set.`);
  }
}

async function main(): Promise<void> {
  const given = flags();
  if (given.help) {
    process.stdout.write(help());
    return;
  }
  const hub = createHub(readHubConfig(Object.fromEntries(keys.map((key) => [key, given[flagOf(key)]])), process.env));
  const { url, token, firstAdmin } = await hub.start();
  const link = url + (await hub.makeSignInLink());
  if (given.json)
    process.stdout.write(`${JSON.stringify({ ready: true, url, token, console: link, ...(firstAdmin ? { firstAdmin } : {}) })}\n`);
  else {
    const admin = firstAdmin
      ? `\nFirst admin: ${firstAdmin.name}\nPassword:    ${firstAdmin.password}   (shown this once; write it down)\n`
      : '';
    process.stdout.write(`The hub is up at ${url}\n${admin}\nSign in at once, within 15 minutes: ${link}\n`);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void hub.stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof WaysideError ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
});
