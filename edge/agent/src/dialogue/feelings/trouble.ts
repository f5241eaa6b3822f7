import type { Understanding } from '../understand/understand.ts';

/** What of the conversation so far tells whether this sentence is a sign that the talk itself goes badly. */
export type TalkSoFar = {
  /** What was said lately, plain, oldest first. */
  lastTexts: readonly string[];
  /** What was wanted lately: intents with what they were about, newest last. */
  lastWants: readonly string[];
  /** A question or an offer waits for its answer: then "no" is one. */
  waits: boolean;
};

export type Trouble = 'repeated' | 'rephrased' | 'contradicted' | 'interrupted' | 'shouted';

const fade = 0.6;

/** Signs in this sentence that we and the person do not get along: about the talk, not about what anybody feels. */
export function troubleIn(
  text: string,
  understanding: Understanding,
  { lastTexts, lastWants, waits }: TalkSoFar,
  { contradicts = false, interrupts = false, shouts = false }: { contradicts?: boolean; interrupts?: boolean; shouts?: boolean } = {},
): Trouble[] {
  const said = plainOf(text);
  const want = wantOf(understanding);
  const repeated = said.length > 3 && lastTexts.includes(said);
  const likeBefore = lastTexts.slice(-3).some((one) => one !== said && overlap(one, said) >= 0.6);
  const wantedBefore = want !== undefined && asks.has(want.split(' ')[0]!) && lastWants.slice(-2).includes(want);
  return [
    ...(repeated ? (['repeated'] as const) : !waits && (likeBefore || wantedBefore) ? (['rephrased'] as const) : []),
    // A bare "no" is one only where nothing was asked.
    ...(!waits && contradicts ? (['contradicted'] as const) : []),
    ...(interrupts ? (['interrupted'] as const) : []),
    ...(shouts ? (['shouted'] as const) : []),
  ];
}

/** Trouble fades: what went badly three turns ago is a quarter of what goes badly now. */
export const troubleAfter = (before: number, signs: readonly Trouble[]): number => Number((before * fade + signs.length).toFixed(2));

export const plainOf = (text: string): string => text.slice(0, 300).normalize('NFKC').toLowerCase().trim();

/** What was wanted, as one word that can be compared: the intent and what it was about. */
export const wantOf = (understanding: Understanding): string | undefined =>
  understanding.kind === 'intent'
    ? [understanding.intent, understanding.slots.signal ?? understanding.slots.code ?? understanding.slots.action].filter(Boolean).join(' ')
    : undefined;

/** Wishes that are asked once when the answer helps. */
const asks = new Set(['why', 'status', 'safe', 'dtc', 'faults', 'signal']);

/** Share of words in common, 0 to 1: words in English, pairs of characters in Chinese. */
function overlap(a: string, b: string): number {
  const [one, other] = [piecesOf(a), piecesOf(b)];
  if (one.size < 3 || other.size < 3) return 0;
  const both = [...one].filter((piece) => other.has(piece)).length;
  return both / Math.min(one.size, other.size);
}

function piecesOf(text: string): Set<string> {
  const words = text.match(/[a-z0-9]{2,}/g) ?? [];
  const han = (text.match(/\p{Script=Han}+/gu) ?? []).flatMap((run) => [...run].map((_, i, all) => all.slice(i, i + 2).join('')));
  return new Set([...words, ...han.filter((pair) => [...pair].length === 2)]);
}
