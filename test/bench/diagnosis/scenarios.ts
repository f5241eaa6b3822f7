import { listScenarios, loadScenario, type Pack, recordingPath, type Scenario } from '@wayside/packs';
import { parseSpan } from '@wayside/protocol';
import { type Recording, readRecording, replay } from '@wayside/simulators';
import { rehearse } from '../../../edge/agent/src/diagnosis/rehearse.ts';
import { begin, hear } from './hearing.ts';
import { personAt } from './person.ts';
import { joined, strays, vary } from './perturb.ts';
import { type Random, randomOf } from './random.ts';
import type { Verdict } from './verdicts.ts';

/** A scenario of a pack with what it replays. */
export type Rehearsed = { scenario: Scenario; recording: Recording | undefined };

const ms = (span: string) => parseSpan(span) as number;

/** Every scenario of a pack, with its recording. */
export async function rehearsedOf(pack: Pack): Promise<Rehearsed[]> {
  const recordings = new Map<string, Recording>();
  const all: Rehearsed[] = [];
  for (const file of await listScenarios(pack.dir)) {
    const scenario = await loadScenario(file);
    const name = scenario.base.recording;
    if (name !== undefined && !recordings.has(name)) recordings.set(name, await readRecording(recordingPath(pack.dir, name)));
    all.push({ scenario, recording: name === undefined ? undefined : recordings.get(name) });
  }
  return all;
}

/** The pack's own scenarios as they are written: what `pack check` plays. In sample: packs and scenarios were written together. */
export const ownVerdicts = (pack: Pack, all: readonly Rehearsed[]): Verdict[] =>
  all.map(({ scenario, recording }) =>
    verdictOf(
      scenario,
      scenario.expect.fault === null ? [] : [scenario.expect.fault],
      rehearse(pack, scenario, replay({ scenario, recording, start: begin })),
    ),
  );

/**
 * One case of the bench: another machine of the family than the one the scenario was written for, heard by sensors that err, beside a person
 * who errs. The same seed gives the same case.
 */
export function strayVerdict(pack: Pack, all: readonly Rehearsed[], seed: number): Verdict {
  const random = randomOf(seed, pack.family);
  const faulty = all.filter(({ scenario }) => scenario.expect.fault !== null);
  // One after the other, so that every fault is met equally often.
  const { scenario, recording } = faulty[seed % faulty.length]!;
  const second = random.chance(strays.pairs) ? partnerOf(scenario, faulty, random) : undefined;
  const both = [scenario, ...(second ? [second] : [])];
  const varied = both.map((one) => vary(one, pack, random));
  const whole = varied.reduce((one, other) => joined(one, other) ?? one);
  const truth = both.map(({ expect }) => expect.fault!);
  const steps = hear(pack, whole, recording, truth, random);
  return verdictOf(whole, truth, rehearse(pack, whole, steps, personAt(pack, both, random)));
}

/** A machine that has nothing: no fault of it may be shown. */
export function healthyVerdict(pack: Pack, all: readonly Rehearsed[], seed: number, duration: string): Verdict {
  const random = randomOf(seed, `${pack.family} healthy`);
  const { scenario, recording } = random.pick(all.filter((one) => one.scenario.expect.fault === null));
  const varied = { ...vary(scenario, pack, random), duration };
  return verdictOf(varied, [], rehearse(pack, varied, hear(pack, varied, recording, [], random), personAt(pack, [varied], random)));
}

function partnerOf(scenario: Scenario, faulty: readonly Rehearsed[], random: Random): Scenario | undefined {
  const able = faulty.filter((one) => one.scenario.expect.fault !== scenario.expect.fault && joined(scenario, one.scenario));
  return able.length > 0 ? random.pick(able).scenario : undefined;
}

function verdictOf({ timeline, duration }: Scenario, truth: readonly string[], rehearsal: ReturnType<typeof rehearse>): Verdict {
  const { unasked, ranked, questions, shown, seen, judged } = rehearsal;
  const began = Math.min(...timeline.map(({ at }) => ms(at)));
  const first = Math.min(...truth.flatMap((fault) => shown.get(fault) ?? []));
  return {
    truth,
    unasked,
    asked: ranked,
    questions: questions.length,
    heard: ms(duration),
    seen: seen.size,
    judged,
    falseAlarms: [...shown.keys()].filter((fault) => !truth.includes(fault)).length,
    ...(Number.isFinite(first) ? { delay: Math.max(0, first - began) } : {}),
  };
}
