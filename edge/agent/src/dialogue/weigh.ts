import type { Measures, PolicyOutcome } from '@wayside/packs';
import { type Assessment, assess, kindOf } from '../routing/assess.ts';
import { severityOf } from './decide/graveness.ts';
import { type Manner, mannerFor } from './feelings/acknowledge.ts';
import { type Feeling, valenceOf } from './feelings/feeling.ts';
import { calm, type Mood, withReading } from './feelings/mood.ts';
import { mayReadMood } from './feelings/moods.ts';
import { isShouted, readWords } from './feelings/read-words.ts';
import { troubleIn } from './feelings/trouble.ts';
import { selfHarmIntent } from './grammar/alarm.ts';
import { measure, remember } from './remember.ts';
import type { RespondParts } from './respond-parts.ts';
import type { SessionState } from './state.ts';
import { underPolicy } from './under-policy.ts';
import type { Heard } from './understand/hear.ts';

/** How the conversation stands after a sentence, and what the policy makes of that. */
export type Weighed = {
  state: SessionState;
  request: Assessment;
  measures: Measures;
  policy: PolicyOutcome | null;
  /** How to say what is said. */
  manner: Manner;
  /** −1 to 1; null where it may not be read. */
  sentiment: number | null;
  mood: Mood;
};

/** Counts the sentence in: what was said how often, how it felt where that may be read, how grave the matter is; then asks the policy. */
export async function weigh(parts: RespondParts, heard: Heard, before: SessionState): Promise<Weighed> {
  const { text, now, watch, things, locale, called = 'nobody', mood: felt = calm } = parts;
  const { understanding, thing, pack, diagnosis, faults } = heard;
  const readsMood = mayReadMood(thing, things, (id) => watch.pack(id));
  const feeling: Feeling | undefined = readsMood ? await (parts.readFeeling ?? readWords)(text, locale) : undefined;
  const mood = feeling && withReading(felt, feeling, now);
  const waits = Boolean(before.pendingQuestion ?? before.pendingOffer ?? before.pendingCommand ?? before.procedure);
  const signs = troubleIn(
    text,
    understanding,
    { lastTexts: before.lastTexts, lastWants: before.lastWants, waits },
    { contradicts: parts.grammar.tells(text, 'contradicts'), interrupts: parts.interrupts ?? false, shouts: readsMood && isShouted(text) },
  );
  const remembered = remember(before, understanding, text, signs, thing, now);
  const request = assess(kindOf(understanding, before.procedure !== undefined), diagnosis, faults, pack);
  const measures = measure(remembered, understanding, mood, now, {
    ...request,
    severity: faults.reduce((worst, one) => Math.max(worst, severityOf[one.severity]), 0),
    confidence: diagnosis.ranked[0]?.probability,
    customerValue: parts.customer?.value,
  });
  const turn = remembered.turns;
  const { outcome, standing, moodSpent } = underPolicy(parts.policyOf(thing?.family), {
    before,
    mood: felt,
    understanding,
    measures,
    turn,
    called,
    kind: request.kind,
  });
  // Who speaks of ending their life is not answered with a rule about a machine.
  const isAboutLife = understanding.kind === 'intent' && understanding.intent === selfHarmIntent;
  const talk = { turn, last: felt.acknowledged, trouble: remembered.trouble, locale };
  return {
    state: { ...remembered, standing },
    request,
    measures,
    policy: isAboutLife ? null : outcome,
    manner: mannerFor(feeling, { pack, core: parts.core }, talk),
    sentiment: feeling ? valenceOf(feeling) : null,
    mood: { ...(mood ?? felt), spent: moodSpent },
  };
}
