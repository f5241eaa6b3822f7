import { createDevice } from '@wayside/device-sdk';
import { type Action, type Description, parseSpan, type Value } from '@wayside/protocol';
import { createSimulation, type OpenedScenario, type Step } from '@wayside/simulators';
import type { Clock } from './clock.ts';
import type { Task } from './task.ts';

/** A command the machine got. */
export type Carried = { name: string; args: Record<string, Value>; risk: Action['risk'] | undefined };

export type Machine = {
  id: string;
  /** Connects, and has lived through the scenario up to `lead` ms. */
  start(lead: number): Promise<void>;
  stop(): Promise<void>;
  /** Lets so much time pass, for it and for everybody. Resolves when the edge has stored what it said meanwhile. */
  live(ms: number): Promise<void>;
  /** What somebody's hands do in a step of a procedure. */
  touch(step: string, action?: { name: string; args: Record<string, Value> }): void;
  readonly mended: boolean;
  readonly carried: readonly Carried[];
  readonly shows: Readonly<Record<string, Value>>;
  /** Every figure it has told. */
  readonly told: ReadonlySet<number>;
};

/** Steps said before waiting for the edge to have stored them. */
const atOnce = 100;

/** The simulated machine of a task on a real broker. Both may act on it: the agent by commands, the person by their hands. */
export function createMachine(parts: {
  task: Task;
  opened: OpenedScenario;
  seed: number;
  clock: Clock;
  actions: Record<string, Action>;
  broker: { url: string; username: string; password: string };
}): Machine {
  const { task, opened, clock, actions, broker, seed } = parts;
  // What hands do is a change like those that commands make; no device takes a command of such a name.
  const hands = Object.fromEntries(Object.entries(task.does).map(([step, changes]) => [`hand:${step}`, changes]));
  const scenario = { ...opened.scenario, onCommand: { ...opened.scenario.onCommand, ...hands } };
  const simulation = createSimulation({ scenario, recording: opened.recording, seed: scenario.seed + seed });
  const carried: Carried[] = [];
  const shows: Record<string, Value> = {};
  const told = new Set<number>();
  let mended = false;
  /** ms that passed and are not yet a step of the machine. */
  let owed = 0;

  const mend = (by: string, shows = false) => {
    if (mended || !task.mends.includes(by)) return;
    if (!shows) simulation.repair();
    mended = true;
  };
  // Where the scenario itself says what a command changes, that is how the mending shows.
  const act = (name: string, args: Record<string, Value>) => mend(name, simulation.command(name, args));
  const { title, maker, model, year } = scenario.thing;
  const device = createDevice({
    ...broker,
    id: scenario.thing.id,
    description: JSON.parse(JSON.stringify({ title, family: scenario.family, maker, model, year })) as Description,
    commands: Object.fromEntries(
      opened.actions.map((name) => [
        name,
        (args: Record<string, Value>) => {
          carried.push({ name, args, risk: actions[name]?.risk });
          act(name, args);
          return { state: 'done' as const };
        },
      ]),
    ),
    buffer: { limit: 50_000, size: 64 * 1024 * 1024 },
    now: clock.now,
  });

  async function say(step: Step, at: number): Promise<void> {
    if (step.presence === 'offline') await device.stop();
    else if (step.presence === 'online' && step.t > 0) await device.start();
    Object.assign(shows, step.signals);
    for (const value of Object.values(step.signals)) if (typeof value === 'number') told.add(value);
    if (Object.keys(step.signals).length > 0) device.publish(step.signals, { at });
    for (const { code, state, freezeFrame } of step.dtcs) device.dtc(code, state, { at, ...(freezeFrame ? { freezeFrame } : {}) });
  }
  async function stored(): Promise<void> {
    while (device.state().connected && device.state().buffered > 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  return {
    id: scenario.thing.id,
    async start(lead) {
      await device.start();
      simulation.command('hand:begin');
      for (let n = 1; simulation.t <= lead; n++) {
        await say(simulation.next(), clock.now() - lead + simulation.t - simulation.every);
        if (n % atOnce === 0) await stored();
      }
      await stored();
    },
    async stop() {
      await device.stop();
    },
    async live(ms) {
      owed += ms;
      for (let n = 1; owed >= simulation.every; n++) {
        owed -= simulation.every;
        clock.pass(simulation.every);
        await say(simulation.next(), clock.now());
        if (n % atOnce === 0) await stored();
      }
      clock.pass(1);
      await stored();
    },
    touch(step, action) {
      if (action) act(action.name, action.args);
      simulation.command(`hand:${step}`);
      mend(step);
    },
    get mended() {
      return mended;
    },
    carried,
    shows,
    told,
  };
}

/** How long the machine has lived when the person speaks: as the task says, else as long as the scenario takes to show its fault. */
export function leadOf(task: Task, { scenario }: OpenedScenario): number {
  return parseSpan(task.from ?? scenario.expect.within ?? '3m') as number;
}
