import { createInterface } from 'node:readline';
import { packsRoot } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import { findScenario, findScenarios, openScenario, repairThing, runScenario, startDemo } from '@wayside/simulators';
import { stopOnSignal, tellSupervisor } from './settings.ts';
import { localSite } from './site.ts';

type Flags = {
  list?: boolean;
  demo?: boolean;
  repair?: string;
  speed: string;
  thing?: string;
  mqtt?: string;
  username?: string;
  password?: string;
  data: string;
};

/** `wayside simulate`: one scenario, or the demo's things, on the broker of an edge. */
export async function simulate(name: string | undefined, flags: Flags): Promise<void> {
  if (flags.list || (!name && !flags.demo && !flags.repair)) return list();
  const here = await localSite(flags.data);
  const site = here?.edge.mqtt;
  const url = flags.mqtt ?? site?.url ?? 'mqtt://127.0.0.1:1883';
  const password = flags.password ?? process.env.WAYSIDE_MQTT_PASSWORD ?? site?.password;
  const username = flags.username ?? site?.username;
  const login = { ...(username ? { username } : {}), ...(password ? { password } : {}) };
  const onWarning = (message: string) => process.stderr.write(`${message}\n`);

  if (flags.repair) {
    await repairThing({ url, ...login, thing: flags.repair });
    process.stdout.write(`${flags.repair} is mended. The edge will see it in the signals.\n`);
    return;
  }

  if (flags.demo) {
    const logins = process.env.WAYSIDE_MQTT_LOGINS;
    const demo = await startDemo({
      mqttUrl: url,
      ...login,
      ...(logins ? { logins: JSON.parse(logins) as Record<string, { username: string; password: string }> } : {}),
      packsRoot,
      onWarning,
    });
    stopOnSignal(demo.stop);
    tellSupervisor({ ready: { things: demo.things } });
    return;
  }

  const file = await findScenario(packsRoot, name as string);
  const named = (await openScenario(file)).scenario.thing.id;
  const opened = await openScenario(file, { thing: flags.thing ?? another(named, here?.things ?? []) });
  const speed = Number(flags.speed);
  if (!Number.isFinite(speed)) throw new WaysideError('invalid', `--speed takes a number, not ${flags.speed}.`);
  const { scenario } = opened;
  const run = runScenario({
    ...opened,
    url,
    ...login,
    speed,
    onWarning,
    onRepair: () => void process.stdout.write('  mended\n'),
    onStep: (step) => step.dtcs.forEach((d) => void process.stdout.write(`  ${d.code} ${d.state}\n`)),
  });
  stopOnSignal(run.stop);
  process.stdout.write(
    `${scenario.thing.id}: ${scenario.title.en}, ${scenario.duration} at ${speed}×, on ${url}. r and Enter mends it, Ctrl-C ends it.\n`,
  );
  await run.start();
  const keys = process.stdin.isTTY ? createInterface({ input: process.stdin }) : undefined;
  keys?.on('line', (line) => line.trim() === 'r' && run.repair());
  await run.ended;
  keys?.close();
}

/** Two devices of one id would throw each other off the broker, so beside the demo's `car-1` this one is `car-2`. */
function another(id: string, taken: readonly string[]): string {
  let free = id;
  for (let n = 2; taken.includes(free); n++) free = `${id.replace(/-\d+$/, '')}-${n}`;
  return free;
}

async function list(): Promise<void> {
  for (const { name } of await findScenarios(packsRoot)) process.stdout.write(`${name}\n`);
  process.stdout.write('\nPlay one with: wayside simulate <name> [--speed 10]. A recording (.csv, .json) can be played by its path.\n');
}
