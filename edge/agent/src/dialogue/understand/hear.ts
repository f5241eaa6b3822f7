import type { DtcReport, FaultReport } from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import { type Diagnosis, nothingSeen } from '../../diagnosis/diagnose.ts';
import { absentFaults, given } from '../../diagnosis/given.ts';
import type { Told } from '../../diagnosis/watch.ts';
import { simplify } from '../grammar/sentence.ts';
import type { RespondParts } from '../respond-parts.ts';
import type { TalkedAbout } from '../respond-types.ts';
import type { SessionState } from '../state.ts';
import { toldBy } from './told-by.ts';
import { type Understanding, understand } from './understand.ts';
import { namedIn, thingMeant, unclearIn } from './which-thing.ts';

/** What was said, of which machine, and how that machine stands with what was just told. */
export type Heard = {
  understanding: Understanding;
  /** The one the conversation was about before this sentence. */
  atHand: TalkedAbout | undefined;
  /** Those the sentence names. */
  named: readonly TalkedAbout[];
  thing: TalkedAbout | undefined;
  /** Those that are called as the sentence says, where neither it nor the conversation tells which. */
  unclear: readonly TalkedAbout[];
  pack: Pack | undefined;
  told: Told[];
  diagnosis: Diagnosis;
  faults: readonly FaultReport[];
  elsewhere: readonly FaultReport[];
  dtcs: readonly DtcReport[];
};

/** Understands a sentence, finds the machine it is about, and considers there what it tells. Changes nothing, not even the watch. */
export async function hear(parts: RespondParts, before: SessionState): Promise<Heard> {
  const { text, now, watch, things } = parts;
  const atHand = things.find((one) => one.id === before.thing) ?? (things.length === 1 ? things[0] : undefined);
  const named = namedIn(text, things);
  const understanding = await understand(text, {
    now,
    grammar: parts.grammar,
    classify: parts.classify,
    aboutOther: parts.aboutOther,
    plainly: parts.plainly,
    hearDanger: parts.hearDanger,
    relevant: parts.relevant,
    dangerSure: parts.policyOf(atHand?.family).danger,
    signals: atHand?.signals,
    judgeable: atHand && judgeable(atHand, watch.pack(atHand.id)),
    things,
    suspects: suspectsOf(atHand && watch.pack(atHand.id)),
    knowledge: parts.knowledge,
    state: before,
    locale: parts.locale,
    family: atHand?.family,
    faults: atHand ? watch.faults(atHand.id).map((one) => one.fault) : [],
    // With nothing chosen, the machines that are here are meant, and no others.
    named: (atHand === undefined ? things : named).map((one) => one.family),
    about: atHand === undefined ? things : [atHand, ...named],
  });
  const unclear = unclearIn(named, atHand);
  const thing = thingMeant(understanding, atHand, things, named, watch);
  const pack = thing && watch.pack(thing.id);
  const told = toldBy(understanding, before, thing, pack, now);
  const earlier = (parts.told ?? []).filter((one) => one.thing === thing?.id);
  const considered = thing ? watch.consider(thing.id, [...earlier, ...told]) : { diagnosis: nothingSeen, faults: [] };
  const { faults } = considered;
  const diagnosis = thing && pack ? given(considered.diagnosis, { absent: absentIn(thing, pack, faults) }) : considered.diagnosis;
  const elsewhere = watch.faults().filter((one) => one.thing !== thing?.id);
  return {
    understanding,
    atHand,
    named,
    thing,
    unclear,
    pack,
    told,
    diagnosis,
    faults,
    elsewhere,
    dtcs: thing ? watch.dtcs(thing.id) : [],
  };
}

function judgeable({ signals, actions, latest }: TalkedAbout, pack: Pack | undefined) {
  const set = new Set(Object.values(actions).flatMap(({ expect }) => (expect?.isArg === undefined ? [] : [expect.signal])));
  const reads = (signal: string) => {
    const value = set.has(signal) ? undefined : latest(signal)?.value;
    return typeof value === 'number' ? value : undefined;
  };
  return { signals, components: pack?.components, reads };
}

/** What cannot be wrong with it, since it has no such part; what is shown to be there is there. */
function absentIn(thing: TalkedAbout, pack: Pack, shown: readonly FaultReport[]): Set<string> {
  const absent = absentFaults(pack, thing);
  for (const { fault } of shown) absent.delete(fault);
  return absent;
}

const suspectsOf = (pack: Pack | undefined): string[] =>
  Object.values(pack?.faults ?? {}).flatMap(({ title }) => [simplify(title.en), simplify(title.zh)]);
