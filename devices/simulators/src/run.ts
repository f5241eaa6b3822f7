import { createDevice } from '@wayside/device-sdk';
import { type Description, type Value, WaysideError } from '@wayside/protocol';
import type { OpenedScenario } from './open.ts';
import { createSimulation, type Step } from './play.ts';
import { repairEvent } from './repair.ts';

export type RunOptions = OpenedScenario & {
  /** The edge's broker. */
  url: string;
  username?: string;
  password?: string;
  /** Times faster than life, 0.1 to 1,000. */
  speed?: number;
  /** ms of the scenario that are said at once, as a thing that was there before the edge was. */
  lead?: number;
  /** ms after which it ends; the scenario's duration when absent. Beyond that the base goes round and the changes stay. */
  until?: number;
  /** Begin again at the end, for ever. */
  loop?: boolean;
  /** Instead of the scenario's own. */
  seed?: number;
  onStep?: (step: Step) => void;
  /** Somebody mended it, here or by an event (`repairThing`). */
  onRepair?: () => void;
  onWarning?: (message: string) => void;
  /** Epoch ms. */
  now?: () => number;
};

export type Run = {
  /** Connects and begins. Resolves when the first attempt to connect has ended. */
  start(): Promise<void>;
  /** Says goodbye and closes. */
  stop(): Promise<void>;
  /** Mends what is broken, as a hand would. */
  repair(): void;
  /** Resolves when the scenario has been played to its end (never, when it loops) or stopped. */
  ended: Promise<void>;
};

/** Steps said in one turn of the event loop, so that a fast run leaves room for the network. */
const stepsPerTurn = 500;

/**
 * Plays a scenario as a device on a real broker, in real time × `speed`, and carries out commands.
 * Faster than life, its times lie in the past and reach the present at the end, so that durations stay true: a device that comes back
 * with what it buffered does the same.
 * @throws WaysideError `invalid` for a speed that is none, or a loop at another speed than 1
 */
export function runScenario(options: RunOptions): Run {
  const { scenario, recording, actions, signals, speed = 1, lead = 0, loop = false, seed, now = Date.now } = options;
  if (!(speed >= 0.1 && speed <= 1_000))
    throw new WaysideError('invalid', `The speed ${speed} is not between 0.1 and 1000: choose one in between.`);
  if (loop && speed !== 1)
    throw new WaysideError('invalid', 'A scenario loops at speed 1 only, because its times would run backwards at each round.');

  let simulation = createSimulation({ scenario, recording, seed });
  const until = options.until ?? simulation.duration;
  let begun = 0;
  let ahead = Math.min(lead, until);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Going offline and coming back take time; what follows waits its turn. */
  let turn = Promise.resolve();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();

  const { title, titles, maker, model, serial, firmware, year, location } = scenario.thing;
  const known = Object.entries({ titles, maker, model, serial, firmware, year, location, signals }).filter(
    ([, value]) => value !== undefined,
  );
  const device = createDevice({
    url: options.url,
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: options.password }),
    id: scenario.thing.id,
    description: { title, family: scenario.family, ...Object.fromEntries(known) } as Description,
    commands: Object.fromEntries(actions.map((name) => [name, (args) => carryOut(name, args)])),
    onEvent: ({ kind }) => kind === repairEvent && mend(),
    buffer: { limit: 20_000 },
    ...(options.onWarning ? { onWarning: options.onWarning } : {}),
    now,
  });
  const mend = () => {
    simulation.repair();
    options.onRepair?.();
  };
  const carryOut = (name: string, args: Record<string, Value>) => {
    const changed = simulation.command(name, args);
    return { state: 'done' as const, ...(changed ? {} : { detail: 'simulated: it changes nothing in this scenario' }) };
  };

  /** Epoch ms of a step. */
  const stampOf = (t: number): number => {
    if (speed <= 1) return Math.round(begun + (t - ahead) / speed);
    return Math.round(begun + (until - ahead) / speed - (until - t));
  };

  const say = (step: Step): void => {
    const at = stampOf(step.t);
    if (Object.keys(step.signals).length > 0) device.publish(step.signals, { at });
    for (const { code, state, freezeFrame } of step.dtcs) device.dtc(code, state, { at, ...(freezeFrame ? { freezeFrame } : {}) });
    options.onStep?.(step);
  };

  const tick = async (): Promise<void> => {
    let due = ahead + (now() - begun) * speed;
    for (let n = 0; n < stepsPerTurn && simulation.t <= Math.min(due, until); n++) {
      const step = simulation.next();
      if (step.presence === 'offline') await device.stop();
      else if (step.presence === 'online' && step.t > 0) await device.start();
      say(step);
    }
    if (simulation.t > until) {
      if (!loop) return finish();
      for (const code of simulation.codes) device.dtc(code, 'cleared');
      simulation = createSimulation({ scenario, recording, seed });
      begun = now();
      ahead = 0;
    }
    due = ahead + (now() - begun) * speed;
    timer = setTimeout(next, Math.min(1_000, Math.max(5, (simulation.t - due) / speed)));
  };
  const next = () => {
    turn = tick().catch((error: unknown) => {
      options.onWarning?.(`The scenario ${scenario.id} stopped: ${(error as Error).message}`);
      return finish();
    });
  };
  const finish = async () => {
    clearTimeout(timer);
    await device.stop();
    end();
  };

  return {
    async start() {
      await device.start();
      begun = now();
      // What an earlier run left behind at the edge: this thing starts without those codes.
      const codes = new Set(scenario.timeline.flatMap((change) => change.code ?? []));
      for (const code of codes) device.dtc(code, 'cleared', { at: stampOf(0) });
      next();
    },
    async stop() {
      clearTimeout(timer);
      await turn;
      await finish();
    },
    repair: mend,
    ended,
  };
}
