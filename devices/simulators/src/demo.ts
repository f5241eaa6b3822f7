import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { span } from '@wayside/packs';
import { check, parseSpan, thingId, WaysideError } from '@wayside/protocol';
import { parse } from 'yaml';
import { z } from 'zod';
import { openScenario } from './open.ts';
import { type Run, runScenario } from './run.ts';

const demoFile = z
  .object({
    again: span,
    things: z.array(z.object({ id: thingId, scenario: z.string(), lead: span.default('0s') }).strict()).min(1),
  })
  .strict();

const shipped = resolve(import.meta.dirname, '../demo.yaml');
const readDemo = async (file: string) => check(demoFile, parse(await readFile(file, 'utf8'), { maxAliasCount: 0 }), file);

/** The ids of the demo's things. */
export const demoThings = async (file = shipped): Promise<string[]> => (await readDemo(file)).things.map(({ id }) => id);

export type DemoOptions = {
  mqttUrl: string;
  username?: string;
  password?: string;
  /** Each thing's own, by its id, instead. */
  logins?: Readonly<Record<string, { username: string; password: string }>>;
  /** The folder of the packs whose scenarios are played. */
  packsRoot: string;
  /** Only these things. */
  things?: string[];
  /** Another list of things than the one that ships. */
  file?: string;
  onWarning?: (message: string) => void;
};

/**
 * Starts the demo's things, each on its family's pack: healthy at first, then a fault of its own, for ever.
 * A thing whose scenario cannot be read is told and left out.
 * @throws WaysideError `invalid` when the list is none; `not-found` when not one thing can be played
 */
export async function startDemo(options: DemoOptions): Promise<{ things: string[]; stop(): Promise<void> }> {
  const { mqttUrl: url, username, password, packsRoot, onWarning = () => {} } = options;
  const file = options.file ?? shipped;
  const demo = await readDemo(file);
  const wanted = demo.things.filter(({ id }) => options.things === undefined || options.things.includes(id));

  const runs: { id: string; run: Run }[] = [];
  for (const { id, scenario, lead } of wanted) {
    try {
      const opened = await openScenario(join(packsRoot, scenario), { thing: id });
      const run = runScenario({
        ...opened,
        url,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
        ...options.logins?.[id],
        lead: parseSpan(lead) as number,
        until: parseSpan(demo.again) as number,
        loop: true,
        onWarning: (message) => onWarning(`${id}: ${message}`),
      });
      runs.push({ id, run });
    } catch (error) {
      onWarning(`${id} is left out of the demo: ${(error as Error).message}`);
    }
  }
  if (runs.length === 0)
    throw new WaysideError('not-found', `None of the demo's things can be played from ${packsRoot}: run "wayside pack check".`);
  await Promise.all(runs.map(({ run }) => run.start()));
  return {
    things: runs.map(({ id }) => id),
    async stop() {
      await Promise.all(runs.map(({ run }) => run.stop()));
    },
  };
}
