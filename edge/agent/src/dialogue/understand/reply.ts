import type { Classifier } from '@wayside/models';
import type { SessionState } from '../state.ts';
import { midwayIntent } from './midway.ts';

/** What a conversation waits for: an answer, a yes to a command or to a person, or that a step is done. */
export type WaitsFor = 'answer' | 'consent' | 'person' | 'step';

export function waitsFor({ pendingQuestion, pendingCommand, pendingOffer, procedure }: SessionState): WaitsFor | undefined {
  if (pendingQuestion) return 'answer';
  if (pendingCommand) return 'consent';
  if (procedure) return 'step';
  return pendingOffer === 'person' ? 'person' : undefined;
}

type Meaning = { intent: string; slots: Record<string, string> };
const wish = (intent: string, slots: Record<string, string> = {}): Meaning => ({ intent, slots });

const talk = { back: wish('repeat'), again: wish('repeat') };
const plain = { yes: wish('yes'), no: wish('no') };
/** What each reply comes to where it fits; one that does not fit is not thought of. */
const fitting: Record<WaitsFor, Readonly<Record<string, Meaning>>> = {
  answer: { ...talk, ...plain, unsure: wish('unsure'), 'asks-why': wish('asks-why') },
  consent: { ...plain, again: wish('effect'), how: wish('effect'), 'asks-why': wish('effect'), refuse: wish('no') },
  person: plain,
  step: {
    ...talk,
    ...plain,
    unsure: wish('unsure'),
    done: wish('howto', { step: 'done' }),
    failed: wish('howto', { step: 'failed' }),
    cannot: wish('howto', { step: 'failed' }),
    skip: wish('howto', { step: 'skipped' }),
    refuse: wish('refuse'),
    act: wish('command'),
    how: wish(midwayIntent, { midway: 'where' }),
    'asks-why': wish('howto'),
  },
};

/** In the middle of something a reply is likelier than in the texts that were learned from; so much less what is none, and half as much a reply that does not fit. */
const otherwise = 0.2;
const unfitting = 0.5;
const sureFrom = 0.6;
/** A machine is moved by a short and very sure yes alone; a person who is called in vain says so. */
const weighty = { from: { consent: 0.9, person: 0.75 }, longest: { latin: 7, han: 9 } } as const;
const conditions =
  /\b(if|but|when|unless|except|first|before|after|instead|only|later|not|wait|until|till)\b|n['’]t\b|如果|要是|但|不过|等|先|别|除非|不|之前|以后|再说/i;
/** Whoever asks has not answered. */
const asks = /[?？]\s*$|[吗嘛么]\s*$|[了好成妥行]没有?啊?\s*$|\p{Script=Han}{2}[不未]\s*$/u;
const answering = new Set(['yes', 'no', 'unsure', 'done', 'failed']);

/**
 * Reads a reply by a head trained on nothing else, among those that fit just now.
 * @returns what it comes to, and the chance that it is right; undefined for what is likelier a wish of its own
 */
export function readReply(
  replies: Classifier,
  said: { text: string; vector: Float32Array },
  waits: WaitsFor,
): (Meaning & { confidence: number }) | undefined {
  const shares = replies.shares(said);
  const sumOf = (of: Iterable<[string, number]>) => [...of].reduce((sum, [, share]) => sum + share, 0);
  const fits = [...shares].filter(([label]) => Object.hasOwn(fitting[waits], label));
  const [replied, fitted] = [sumOf(shares), sumOf(fits)];
  const all = fitted + unfitting * (replied - fitted) + otherwise * (1 - replied);
  // Labels that come to the same here are one: "leave that" is a no to a proposal, whether it is refused or denied.
  const meant = [...Map.groupBy(fits, ([label]) => JSON.stringify(fitting[waits][label]))].map(([, same]) => ({
    label: same.reduce((a, b) => (b[1] > a[1] ? b : a))[0],
    share: sumOf(same),
  }));
  const [best] = meant.sort((a, b) => b.share - a.share);
  if (!best || all === 0) return undefined;
  const { label, share } = best;
  const confidence = share / all;
  if (confidence < sureFrom || (answering.has(label) && asks.test(said.text))) return undefined;
  if (label === 'yes' && (waits === 'consent' || waits === 'person') && !isPlain(said.text, confidence, weighty.from[waits]))
    return undefined;
  return { ...fitting[waits][label]!, confidence };
}

function isPlain(text: string, confidence: number, from: number): boolean {
  const size = /\p{Script=Han}/u.test(text)
    ? [...text].length <= weighty.longest.han
    : text.trim().split(/\s+/).length <= weighty.longest.latin;
  return confidence >= from && size && !conditions.test(text);
}

/** So sure a sentence at a step must be that it tells of the work and not how the step went. */
const midwaySure = 0.7;

/**
 * Reads what somebody at a step tells that is no reply, by a head trained on nothing else.
 * @returns undefined for what is likelier a reply or a wish of its own
 */
export function readAside(
  midway: Classifier,
  said: { text: string; vector: Float32Array },
): (Meaning & { confidence: number }) | undefined {
  const [best] = [...midway.shares(said)].sort(([, a], [, b]) => b - a);
  if (!best || best[1] < midwaySure || asks.test(said.text)) return undefined;
  return { ...wish(midwayIntent, { midway: best[0] }), confidence: best[1] };
}
