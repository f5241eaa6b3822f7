import type { Pack, Scenario } from '@wayside/packs';
import { type Presence, parseSpan } from '@wayside/protocol';
import { createDerivation } from '../telemetry/derived/derive.ts';
import type { Observed } from './detect.ts';
import type { Answer } from './evidence.ts';
import { nextQuestion } from './question.ts';
import { createWatch, type HeardDtc } from './watch.ts';

/** What an edge would hear at one moment of a scenario. `at` is epoch ms. */
export type Heard = { at: number; samples: readonly Observed[]; dtcs: readonly HeardDtc[]; presence?: Presence };

export type Rehearsal = {
  /** All faults that could be meant at the end, likeliest first. */
  ranked: { fault: string; probability: number; active: boolean }[];
  /** The chance that it is none of the pack's faults. */
  none: number;
  /** Every fault that was ever shown before anybody was asked, with the ms from the beginning until it first was. */
  shown: Map<string, number>;
  /** As `ranked`, from what the machine says alone. */
  unasked: Rehearsal['ranked'];
  questions: string[];
  /** Every symptom and code that ever showed, and how many symptoms could be judged at all. */
  seen: ReadonlySet<string>;
  judged: number;
};

/** More questions than this nobody answers. */
const patience = 6;

/** Who stands beside the machine: what they tell unasked, and what they answer. */
export type Person = { tells: readonly string[]; answers(observation: string): Answer };

/**
 * Plays a scenario through the detectors and the diagnosis, then lets the person tell what they noticed and puts the questions the diagnosis
 * asks for.
 * @param person who tells and answers as the scenario has it, where nobody else is given (not sure, where it says nothing)
 */
export function rehearse(
  pack: Pack,
  scenario: Pick<Scenario, 'thing' | 'expect'>,
  steps: Iterable<Heard>,
  person: Person = { tells: scenario.expect.tells ?? [], answers: (observation) => scenario.expect.answers[observation] ?? 'unsure' },
): Rehearsal {
  const thing = scenario.thing.id;
  const shown = new Map<string, number>();
  const seen = new Set<string>();
  let began: number | undefined;
  let now = 0;
  let playing = true;
  const watch = createWatch({
    packs: new Map([[pack.family, pack]]),
    onChange: (_, faults) => {
      if (playing) for (const { fault } of faults) if (!shown.has(fault)) shown.set(fault, now - (began ?? now));
    },
  });
  watch.thing(thing, pack.family, undefined, scenario.thing);
  const derivation = createDerivation(pack.derived);
  let ticked = 0;
  let diagnosis = watch.diagnosis(thing);
  for (const { at, samples, dtcs, presence } of steps) {
    began ??= at;
    now = at;
    if (presence) watch.presence(thing, presence, at);
    watch.samples(thing, [...samples, ...derivation.derive(samples)]);
    for (const dtc of dtcs) watch.dtc(thing, dtc, at);
    if (at - ticked >= 1_000) {
      watch.tick(at);
      ticked = at;
    }
    if (watch.diagnosis(thing) !== diagnosis) {
      diagnosis = watch.diagnosis(thing);
      for (const { present, ref } of diagnosis.findings) if (present) seen.add(ref);
    }
  }
  playing = false;
  const ranking = () => watch.diagnosis(thing).ranked.map(({ fault, probability, active }) => ({ fault, probability, active }));
  const unasked = ranking();
  for (const observation of person.tells) watch.answer(thing, observation, 'yes', now);
  const questions: string[] = [];
  while (questions.length < patience) {
    const question = nextQuestion(watch.diagnosis(thing), pack.faults, pack.observations, watch.answers(thing));
    if (!question) break;
    questions.push(question.observation);
    watch.answer(thing, question.observation, person.answers(question.observation), now);
  }
  return { ranked: ranking(), none: watch.diagnosis(thing).none, shown, unasked, questions, seen, judged: watch.judged(thing).size };
}

/** What a rehearsal shows against what the scenario expects; empty when all is as it should be. */
export function judgeRehearsal({ expect }: Pick<Scenario, 'expect'>, { ranked, shown, none }: Rehearsal): string[] {
  const told = (of: Rehearsal['ranked']) =>
    of
      .slice(0, 3)
      .map((one) => `${one.fault} ${Math.round(one.probability * 100)} %`)
      .join(', ') || 'nothing';
  if (expect.fault === null) {
    return [...shown].map(([fault, after]) => `shows the fault "${fault}" after ${Math.round(after / 1000)} s though nothing is wrong`);
  }
  const problems: string[] = [];
  const top = ranked[0];
  if (top?.fault !== expect.fault)
    problems.push(`must find "${expect.fault}" and finds ${told(ranked)} (none of them: ${Math.round(none * 100)} %)`);
  else if (!top.active) problems.push(`finds "${expect.fault}" but too weakly to show it (${told(ranked)})`);
  const after = shown.get(expect.fault);
  // What only a question can find has no moment of its own.
  if (expect.within !== undefined && after !== undefined && after > (parseSpan(expect.within) as number))
    problems.push(`shows "${expect.fault}" after ${Math.round(after / 1000)} s and must within ${expect.within}`);
  for (const fault of expect.not)
    if (ranked.some((one) => one.fault === fault && one.active)) problems.push(`must not show "${fault}" and does`);
  return problems;
}
