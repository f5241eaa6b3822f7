import type { Classifier, Embedder } from '@wayside/models';
import { type Policy, policyFile, type Wording } from '@wayside/packs';
import { emergencyIntent, perhapsDanger } from '../grammar/alarm.ts';
import { coreFamily } from '../grammar/compile-grammar.ts';
import type { Match } from '../grammar/grammar.ts';
import { anyOf } from './any-of.ts';

/** How sure it must be; which of the two counts is told by whether the conversation waits for a reply. */
export type DangerSure = Policy['danger'];
/** Danger told without its name: "my eyes sting and something hisses". Where it is not sure, what it thinks of is asked (`perhaps-danger`). */
export type HearDanger = (text: string, about: { waits: boolean; sure?: DangerSure | undefined }) => Promise<Match | undefined>;

/** A turn waits no longer for it, in milliseconds; the first sentence after a start waits until the model is there, since it may tell of gas. */
const deadlineMs = { there: 250, coming: 5_000 } as const;
/** A clause ends with its mark, which tells a question. */
const clauses = /(?<=[!?;,。！？，；\n])|\.(?!\d)/u;

/** Listens with a head trained on nothing else, by the vector that the turn has anyway. */
export function createHearDanger({
  embedder,
  head,
  wording = {},
}: {
  embedder: Embedder;
  head: () => Classifier;
  /** The core's, of both languages since people mix. */
  wording?: Partial<Record<string, Wording>> | undefined;
}): HearDanger {
  let known: { judge: Classifier; notNow: RegExp[]; asks: RegExp[] } | undefined;
  const load = () => {
    const words = Object.values(wording).flatMap((one) => one?.danger ?? []);
    return {
      judge: head(),
      notNow: words.map(({ notNow }) => anyOf(notNow)),
      asks: [
        /[?？]\s*$/,
        ...words.flatMap(({ asksFirst, asksLast }) => [anyOf(asksFirst, { first: true }), anyOf(asksLast, { last: true })]),
      ],
    };
  };
  return async (said, { waits, sure = policyFile.parse({ rules: [] }).danger }) => {
    known ??= load();
    const { judge, notNow, asks } = known;
    const whole = said.replaceAll('’', "'").trim();
    const told = whole.split(clauses).filter((clause) => /\p{L}/u.test(clause) && notNow.every((one) => clause.search(one) < 0));
    if (told.length === 0) return undefined;
    const text = told.map((clause) => clause.trim()).join(' ');
    const got = await embedder.embed({
      texts: [text],
      as: 'query',
      deadlineMs: deadlineMs[embedder.stats().state === 'ready' ? 'there' : 'coming'],
    });
    const vector = got.kind === 'vectors' ? got.vectors[0] : undefined;
    if (!vector) return undefined;
    const [likeliest, ...others] = [...judge.shares({ text, vector })].sort(([, a], [, b]) => b - a);
    if (!likeliest) return undefined;
    const danger = others.reduce((sum, [, share]) => sum + share, likeliest[1]);
    const { call, ask } = sure[waits ? 'waiting' : 'unasked'];
    const reaches = ({ any, one }: typeof ask) => danger >= any && likeliest[1] >= one;
    const tells = told.some((clause) => asks.every((one) => clause.search(one) < 0));
    const calls = tells && reaches(call);
    if (!calls && !reaches(ask)) return undefined;
    return {
      kind: 'match',
      intent: calls ? emergencyIntent : perhapsDanger,
      slots: { hazard: likeliest[0] },
      family: coreFamily,
      exact: false,
      confidence: Number(Math.min(danger, 1).toFixed(2)),
    };
  };
}
