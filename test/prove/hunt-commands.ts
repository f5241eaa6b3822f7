import type { Action, Interlock, Value, Command as WireCommand } from '@wayside/protocol';
import { createRandom } from '@wayside/simulators';
import { type Commands, createCommands } from '../../edge/agent/src/commands/commands.ts';
import type { Commanded } from '../../edge/agent/src/commands/propose.ts';
import { createLog } from '../../edge/agent/src/log.ts';
import { actionsOf } from '../../edge/agent/src/packs/actions.ts';
import { type Standing, whyNot } from '../../edge/agent/src/profiles/permit.ts';
import { type EdgeStore, openEdgeStore } from '../../edge/agent/src/store/open.ts';

/** A gate taken out on purpose: a judge that does not notice is worth nothing. */
export type Plant = 'children-may' | 'data-is-fresh' | 'risk-is-low' | 'consent-never-ends';
export const plants: readonly Plant[] = ['children-may', 'data-is-fresh', 'risk-is-low', 'consent-never-ends'];

export type CommandHunt = {
  attempts: number;
  /** What was tried, by kind. */
  tried: Record<string, number>;
  /** Commands that reached a device, and how many of them nobody had a right to. */
  sent: number;
  unauthorised: { attempt: number; why: string }[];
};

const both = (en: string) => ({ en, zh: en });
const still: Interlock = { signal: 'speed', below: 1 };
const shut: Interlock = { signal: 'door', is: 'closed' };
const offered: Record<string, Action> = {
  beep: { title: both('Sound the horn'), risk: 'R1', args: {} },
  lights: {
    title: both('Switch the lights'),
    risk: 'R1',
    args: { on: { type: 'boolean' } },
    expect: { signal: 'lit', isArg: 'on', tolerance: 0, within: '5s' },
  },
  clear: { title: both('Erase codes'), effect: both('It erases them.'), risk: 'R2', args: {}, interlocks: [still] },
  valve: { title: both('Set the valve'), risk: 'R2', args: { percent: { type: 'number', min: 0, max: 100 } }, interlocks: [still, shut] },
  launch: { title: both('Launch'), risk: 'R3', args: {} },
  // Called harmless by its maker; its words say otherwise.
  'release-brake': { title: both('Let it roll'), risk: 'R0', args: {} },
  roll: { title: both('Flash the firmware'), risk: 'R1', args: {} },
};
const harmful = new Set(['launch', 'release-brake', 'roll']);
const sessions = ['s1', 's2'];
const people: Record<string, Standing> = { owner: 'owner', child: 'child', guest: 'guest', stranger: 'unknown' };

/** What the judge, who shares no code with the gates, knows of one yes; those that were refused are struck out. */
type Yes = { mine: boolean; person: string; action: string; args: string; at: number; proposedAt: number; life: number };
type Signal = { value: Value; observedAt: number; receivedAt: number; quality: 'good' | 'out-of-range' };

/**
 * Tries to have something done that nobody with a right to it has agreed to: whoever asks, with whatever arguments, while data go stale, cars begin
 * to move, clocks are set back, processes die and devices lie. The same seed tries the same.
 */
export async function huntCommands(attempts: number, seed: number, plant?: Plant): Promise<CommandHunt> {
  const random = createRandom(seed, 'commands');
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const hunt: CommandHunt = { attempts, tried: {}, sent: 0, unauthorised: [] };
  const actions =
    plant === 'risk-is-low'
      ? Object.fromEntries(Object.entries(offered).map(([id, one]) => [id, { ...one, title: both(id.slice(0, 2)), risk: 'R1' as const }]))
      : actionsOf({ title: 'Car', actions: offered } as never, undefined);
  let store: EdgeStore;
  let commands: Commands;
  let attempt = 0;
  let life = 0;
  let [wall, mono] = [Date.UTC(2026, 0, 1), 0];
  let online = true;
  const signals = new Map<string, Signal>();
  const yeses = new Map<string, Set<Yes>>();
  const [done, calledBack] = [new Set<string>(), new Set<string>()];
  const known: { command: string; session: string; action: string; args: Record<string, Value>; at: number }[] = [];
  const wires: WireCommand[] = [];

  /** In the moment it is handed to the device. */
  function judge(thing: string, { id, name, args }: WireCommand): void {
    hunt.sent++;
    const wrong = (why: string): void => {
      hunt.unauthorised.push({ attempt, why: `${name}: ${why}` });
    };
    if (thing !== 'car') wrong('another thing');
    if (harmful.has(name) || !Object.hasOwn(offered, name)) wrong('never to be done from here');
    if (done.has(id)) wrong('a second time');
    done.add(id);
    if (calledBack.has(id)) wrong('called back');
    const why = [...(yeses.get(id) ?? [])].map((yes) => flawOf(yes, name, args));
    if (!why.includes(undefined)) wrong(why[0] ?? 'nobody agreed');
    if (!online) wrong('it is not connected');
    for (const { signal, below, is } of offered[name]?.interlocks ?? []) {
      const seen = signals.get(signal);
      const old = seen ? wall - Math.min(seen.observedAt, seen.receivedAt) : Number.POSITIVE_INFINITY;
      const holds =
        seen && seen.quality === 'good' && (below !== undefined ? typeof seen.value === 'number' && seen.value < below : seen.value === is);
      if (!holds) wrong(`${signal} does not hold`);
      if (old > 2_000 || old < -2_000) wrong(`${signal} is ${old} ms old`);
    }
  }

  /** Why this yes is none to that. */
  function flawOf(yes: Yes, name: string, args: Record<string, Value>): string | undefined {
    if (!yes.mine) return 'agreed to in another conversation';
    if (yes.action !== name || yes.args !== JSON.stringify(args)) return 'something else was agreed to';
    if (yes.life !== life) return 'agreed to before the restart';
    if (mono - yes.at >= 60_000) return 'agreed to more than a minute ago';
    if (yes.at - yes.proposedAt >= 60_000) return 'proposed more than a minute before';
    if (offered[name]?.risk === 'R2' && people[yes.person] !== 'owner') return `a ${yes.person} may not`;
    return undefined;
  }

  const thing = (): Omit<Commanded, 'busy'> => ({
    online,
    actions,
    signals: { speed: { type: 'number' }, door: { type: 'string' }, lit: { type: 'boolean' } } as never,
    latest(signal) {
      const seen = signals.get(signal);
      return seen && (plant === 'data-is-fresh' ? { ...seen, observedAt: wall, receivedAt: wall, quality: 'good' as const } : seen);
    },
  });

  function start(): void {
    life++;
    const mine = life;
    commands = createCommands({
      db: store.db,
      log: createLog('silent', 'hunt'),
      now: () => (plant === 'consent-never-ends' ? Date.UTC(2026, 0, 1) : wall),
      monotonic: () => (plant === 'consent-never-ends' ? 0 : mono),
      whyNot: (person, risk) => (plant === 'children-may' ? undefined : whyNot(people[person ?? 'stranger'] ?? 'unknown', risk)),
      thing: (id) => (id === 'car' ? thing() : undefined),
      send: async (to, command) => {
        // A process that has died sends nothing, whatever it was at.
        if (mine !== life) return;
        judge(to, command);
        wires.push(command);
      },
      onChange: () => {},
    });
  }

  const report = (signal: string, value: Value, behind = 0) =>
    void signals.set(signal, {
      value,
      observedAt: wall - behind,
      receivedAt: wall - (random() < 0.5 ? behind : 0),
      quality: random() < 0.05 ? 'out-of-range' : 'good',
    });
  const someArgs = (action: string): Record<string, Value> =>
    random() < 0.15
      ? pick<Record<string, Value>>([
          {},
          { on: 'true' },
          { percent: 1e9 },
          { percent: Number.NaN },
          { on: true, extra: 1 },
          { __proto__: true } as never,
        ])
      : action === 'lights'
        ? { on: random() < 0.5 }
        : action === 'valve'
          ? { percent: Math.floor(random() * 100) }
          : {};

  const acts: Record<string, () => Promise<unknown> | unknown> = {
    async propose() {
      const name =
        random() < 0.1 ? pick(['toString', '__proto__', 'constructor', '', 'lights ', 'LIGHTS', 'beep;clear']) : pick(Object.keys(offered));
      const [session, args] = [pick(sessions), someArgs(name)];
      const made = await commands.propose(
        { session, thing: random() < 0.95 ? 'car' : 'pump', name, args, origin: { kind: 'asked' } },
        () => undefined,
      );
      known.push({ command: made.command, session, action: name, args, at: mono });
      if (known.length > 40) known.shift();
    },
    async agree() {
      const one = known.length > 0 && random() < 0.7 ? known[known.length - 1] : pick(known);
      if (!one) return;
      const session = random() < 0.9 ? one.session : pick(sessions);
      const person = random() < 0.5 ? 'owner' : pick(Object.keys(people));
      const yes: Yes = {
        mine: session === one.session,
        person,
        action: one.action,
        args: JSON.stringify(one.args),
        at: mono,
        proposedAt: one.at,
        life,
      };
      // Noted before, since it may be sent before the promise is told.
      const all = yeses.get(one.command) ?? new Set();
      yeses.set(one.command, all.add(yes));
      await commands.consent(one.command, { session, person, how: pick(['asked', 'agreed'] as const) }).catch(() => all.delete(yes));
    },
    async callBack() {
      const one = pick(known);
      if (!one) return;
      await commands.cancel(one.command, random() < 0.9 ? one.session : pick(sessions));
      calledBack.add(one.command);
    },
    moves: () => report('speed', pick([0, 0, 0.5, 1, 30, 'fast', true]), pick([0, 0, 500, 1_999, 2_001, 60_000])),
    opens: () => report('door', pick(['closed', 'closed', 'open', 0])),
    falls: () => signals.delete(pick(['speed', 'door'])),
    fresh: () => {
      report('speed', 0);
      report('door', 'closed');
      online = true;
    },
    leaves: () => {
      online = random() < 0.6;
    },
    waits: () => {
      const ms = pick([10, 500, 2_500, 10_500, 59_000, 61_000]);
      wall += ms;
      mono += ms;
      commands.tick();
    },
    clock: () => {
      wall += pick([-3_600_000, 3_600_000, -2_000, 86_400_000]);
    },
    async dies() {
      // The process and all in its memory is gone; the store stays.
      await commands.idle();
      start();
      await commands.load();
    },
    answers: () => {
      const wire = random() < 0.8 ? wires.at(-1) : pick(wires);
      if (wire) commands.outcome(random() < 0.8 ? 'car' : 'pump', { id: wire.id, state: pick(['done', 'refused', 'failed'] as const) });
    },
    // A device that sends back what it was sent, or shows an effect nobody asked for.
    echoes: () =>
      commands.samples('car', [
        { thing: 'car', signal: 'lit', value: random() < 0.5, observedAt: wall, receivedAt: wall, quality: 'good' },
      ]),
  };
  const often = { propose: 4, agree: 6, fresh: 4, answers: 4, waits: 1 };
  const likely = [...Object.entries(often).flatMap(([act, times]) => Array<string>(times).fill(act)), ...Object.keys(acts)];

  for (; attempt < attempts && !(plant && hunt.unauthorised.length > 0); attempt++) {
    // The store is not what is proved here, and one that has grown only costs time.
    if (attempt % 2_000 === 0) {
      if (attempt > 0) {
        await commands!.idle();
        await store!.close();
      }
      store = await openEdgeStore(':memory:', () => wall);
      known.length = wires.length = 0;
      start();
    }
    const kind = pick(likely);
    hunt.tried[kind] = (hunt.tried[kind] ?? 0) + 1;
    const act = async (of: string): Promise<void> => {
      try {
        await acts[of]?.();
      } catch {
        // Refused, as it may be; what counts is what reaches the device.
      }
    };
    // Now and then two things happen at once.
    await Promise.all(random() < 0.1 ? [act(pick(likely)), act(kind)] : [act(kind)]);
    if (random() < 0.7) await commands!.idle();
  }
  await commands!.idle();
  await store!.close();
  return hunt;
}
