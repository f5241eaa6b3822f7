import type { CommandReport, FaultReport, RepairReport } from '@wayside/contract';
import { type Pack, packsRoot } from '@wayside/packs';
import type { Action, Value } from '@wayside/protocol';
import { findScenario, openScenario } from '@wayside/simulators';
import type { Client } from '../../support/site.ts';
import { randomOf } from '../diagnosis/random.ts';
import { createClock } from './clock.ts';
import { type Heard, type Line, openTextLine } from './line.ts';
import { type Carried, createMachine, leadOf, type Machine } from './machine.ts';
import { type Act, createPerson } from './person.ts';
import type { Places } from './place.ts';
import type { Queue } from './queue.ts';
import { createSpeaker, localeOf, type Phrases } from './speak.ts';
import type { Task } from './task.ts';
import type { Lived } from './times.ts';

/** One line of a conversation as it was, with how the machine stood then. */
export type Said = { by: 'person' | 'agent'; text: string; means?: string; heard?: Heard; mended: boolean; carried: number };
export type Played = {
  task: Task;
  seed: number;
  lines: Said[];
  carried: readonly Carried[];
  mended: boolean;
  shows: Readonly<Record<string, Value>>;
  /** Every figure the machine has told. */
  seen: ReadonlySet<number>;
  /** Who waited at the hub meanwhile: all that the edge can have been told. */
  queue: Queue;
  lived: Lived;
  /** Faults of the machine as the edge sees them, when the person spoke first and when they left. */
  found: FaultReport[];
  left: FaultReport[];
};

/** Conversations at once in one process: most of each is waiting for the edge to look at a repair again. */
export const atOnce = 4;
/** Somebody who is still there after so many turns is going in a circle. */
const mostTurns = 40;
/** Nobody waits longer for a verdict: shares of the time it needs. */
const mostWaits = 24;
/** Two looks of the edge at a repair are a second apart. */
const lookMs = 1_050;

/** Plays a task with a seed, from the first word to the last. */
export async function play(places: Places, phrases: Phrases, task: Task, seed: number): Promise<Played> {
  const pack = places.packs.get(task.family) as Pack;
  const opened = await openScenario(await findScenario(packsRoot, `${task.family}/${task.scenario}`));
  const random = randomOf(seed, task.id);
  const before = await places.queue();
  const clock = createClock(Date.UTC(2026, 10, 24, 9, 30));
  const place = await places.open(clock, task.wish !== 'offline');
  const actions = pack.thing.actions as Record<string, Action>;
  const machine = createMachine({ task, opened, seed, clock, actions, broker: place.broker });
  let line: (Line & { session: string }) | undefined;
  try {
    const lead = leadOf(task, opened);
    const from = clock.now() - lead;
    await machine.start(lead);
    if (task.wish !== 'offline') await online(place.operator);
    line = await openTextLine(place.operator, {
      locale: localeOf(task),
      thing: machine.id,
      ...(task.wish === 'guest' ? {} : { person: 'owner' }),
    });
    const faults = async () => (await place.operator.get<{ faults: FaultReport[] }>('/v1/faults')).faults;
    const found = await faults();
    const answers = opened.scenario.expect.answers;
    const person = createPerson(task, (seen) => answers[seen] ?? 'no', random);
    const lines = await talk({ task, machine, line, person, speak: createSpeaker(task, phrases, random), site: place.operator, pack });
    await machine.live(5_000);
    return {
      task,
      seed,
      lines,
      carried: machine.carried,
      mended: machine.mended,
      shows: machine.shows,
      seen: machine.told,
      // The hub counts once a second, so that it may not have counted yet what the others who play just now have asked for.
      queue: { fewest: Math.max(0, before.fewest - (atOnce - 1)), most: (await places.queue()).most },
      lived: { from, until: clock.now() },
      found,
      left: await faults(),
    };
  } finally {
    await line?.hangUp();
    await machine.stop();
    await place.close();
  }
}

async function online(site: Client): Promise<void> {
  const end = performance.now() + 120_000;
  while ((await site.get('/v1/status')).hub.state !== 'connected') {
    if (performance.now() > end) throw new Error('the hub was not reached');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

type Talk = {
  task: Task;
  machine: Machine;
  line: Line & { session: string };
  person: ReturnType<typeof createPerson>;
  speak(means: string): string;
  site: Client;
  pack: Pack;
};

async function talk({ machine, line, person, speak, site, pack }: Talk): Promise<Said[]> {
  const lines: Said[] = [];
  const note = (by: Said['by'], text: string, more: Partial<Said>) =>
    lines.push({ by, text, mended: machine.mended, carried: machine.carried.length, ...more });
  const hear = (heard: readonly Heard[]) => {
    for (const one of heard) note('agent', one.text, { heard: one });
  };

  let act: Act = person.begin();
  for (let n = 0; act !== 'leaves' && n < mostTurns; n++) {
    await machine.live(act.waits);
    if (act.step && act.proper) machine.touch(act.step.step, actionOf(pack, act.step));
    const news = line.unasked();
    hear(news);
    const text = speak(act.means);
    note('person', text, { means: act.means });
    const answered = await line.say(text);
    hear([answered]);
    const since = await whatFollows(machine, line, site, answered);
    hear(since);
    act = person.hear([...news, answered, ...since]);
  }
  return lines;
}

/** Nobody reaches a car's codes by hand. */
const withoutKnob = new Set(['clear-dtc', 'read-dtc']);

/** The command behind a step, which its own knobs can do as well. */
function actionOf(pack: Pack, step: { procedure: string; step: string }) {
  const action = pack.procedures[step.procedure]?.steps.find(({ id }) => id === step.step)?.action;
  return action && !withoutKnob.has(action.name) ? action : undefined;
}

/** What the agent says after its answer: what came of a command, whether the repair worked. The person waits for it. */
async function whatFollows(machine: Machine, line: Line & { session: string }, site: Client, { answer }: Heard): Promise<Heard[]> {
  if (answer?.command && answer.command.state !== 'refused') await commandEnds(machine, line, site);
  const heard = line.unasked();
  const last = heard.at(-1)?.answer ?? answer;
  if (last?.step || last?.question || last?.command?.state === 'proposed') return heard;
  await repairEnds(machine, line, site);
  return [...heard, ...line.unasked()];
}

async function commandEnds(machine: Machine, line: Line & { session: string }, site: Client): Promise<void> {
  for (let n = 0; n < 60; n++) {
    const { commands = [] } = await site.get<{ commands?: CommandReport[] }>(`/v1/sessions/${line.session}`);
    const last = commands.at(-1);
    if (!last || last.state === 'proposed') return;
    const ended = !['consented', 'running', 'reading-back'].includes(last.state);
    if (await line.news('command', ended ? 1_000 : 30)) return;
    if (ended) return;
    await machine.live(n < 15 ? 1_000 : 10_000);
  }
}

async function repairEnds(machine: Machine, line: Line, site: Client): Promise<void> {
  const watched = async () =>
    (await site.get<{ repairs: RepairReport[] }>(`/v1/things/${machine.id}/repairs`)).repairs.find(({ state }) => state === 'watching');
  const repair = await watched();
  for (let n = 0; repair && n < mostWaits; n++) {
    await machine.live(Math.min(repair.needs / 3, 240_000));
    if (await line.news('repair', lookMs)) return;
    if (!(await watched())) return void (await line.news('repair', lookMs));
  }
}
