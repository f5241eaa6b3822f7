import type { Measures } from '@wayside/packs';
import type { Assessment } from '../routing/assess.ts';
import { type Mood, standingOf, trendOf } from './feelings/mood.ts';
import { plainOf, type Trouble, troubleAfter, wantOf } from './feelings/trouble.ts';
import type { TalkedAbout } from './respond-types.ts';
import type { SessionState } from './state.ts';
import type { Understanding } from './understand/understand.ts';

/** So long an emergency outweighs what the sensors say. */
const emergencyLastsMs = 15 * 60_000;

/** The session without an emergency that lies too far back to be the present one. */
export function withoutOld({ emergency, ...state }: SessionState, now: number): SessionState {
  return emergency && now - emergency.at < emergencyLastsMs ? { ...state, emergency } : state;
}

/** What can be wished of another machine too. */
const wished = new Set(['status', 'safe', 'why', 'signal', 'faults', 'command']);
function wishOf({ intent, slots }: { intent: string; slots: Record<string, string> }) {
  const { thing: _, ...rest } = slots;
  return { intent, slots: rest };
}

/** The session with this sentence in it: what was said, how often, with how much trouble. */
export function remember(
  state: SessionState,
  understanding: Understanding,
  text: string,
  signs: readonly Trouble[],
  thing: TalkedAbout | undefined,
  now: number,
): SessionState {
  const said = plainOf(text);
  const want = wantOf(understanding);
  const answering =
    understanding.kind === 'answer' || (understanding.kind === 'intent' && ['yes', 'no', 'unsure', 'howto'].includes(understanding.intent));
  const again = !answering && state.lastTexts.includes(said);
  const { thing: _, ...rest } = state;
  return {
    ...rest,
    ...(thing ? { thing: thing.id } : state.thing ? { thing: state.thing } : {}),
    ...(understanding.kind === 'intent' && understanding.slots.signal && !understanding.slots.signal.includes('*')
      ? { lastSignal: understanding.slots.signal }
      : {}),
    ...(understanding.kind === 'intent' && wished.has(understanding.intent) ? { lastWish: wishOf(understanding) } : {}),
    turns: state.turns + 1,
    since: state.since ?? now,
    unmatched: understanding.kind === 'unknown' ? state.unmatched + 1 : 0,
    repeats: again ? state.repeats + 1 : answering ? state.repeats : 0,
    wishes: state.wishes + (understanding.kind === 'intent' && understanding.intent === 'person' ? 1 : 0),
    failedSteps: state.failedSteps + (understanding.kind === 'intent' && understanding.slots.step === 'failed' && state.procedure ? 1 : 0),
    trouble: troubleAfter(state.trouble, signs),
    lastTexts: [...state.lastTexts, said].slice(-6),
    lastWants: want ? [...state.lastWants, want].slice(-6) : state.lastWants,
  };
}

/** What the policy's rules may look at, as it stands after this sentence. Without a mood (it may not be read) no rule sees one. */
export function measure(
  state: SessionState,
  understanding: Understanding,
  mood: Mood | undefined,
  now: number,
  of: { severity: number; confidence: number | undefined; customerValue: number | undefined } & Omit<Assessment, 'kind'>,
): Measures {
  const trend = mood && trendOf(mood);
  const sentiment = mood && standingOf(mood);
  return {
    turns: state.turns,
    seconds: Math.round((now - (state.since ?? now)) / 1000),
    unmatched: state.unmatched,
    failedSteps: state.failedSteps,
    repeats: state.repeats,
    trouble: state.trouble,
    severity: of.severity,
    causes: of.causes,
    steps: of.steps,
    unknowns: of.unknowns,
    complexity: of.complexity,
    asked: understanding.kind === 'intent' && understanding.intent === 'person' ? state.wishes : 0,
    ...(sentiment === undefined ? {} : { sentiment }),
    ...(trend === undefined ? {} : { sentimentTrend: trend }),
    ...(of.confidence === undefined ? {} : { confidence: of.confidence }),
    ...(of.customerValue === undefined ? {} : { customerValue: of.customerValue }),
  };
}
