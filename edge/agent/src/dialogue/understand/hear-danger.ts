import type { Classifier, Embedder } from '@wayside/models';
import { emergencyIntent } from '../grammar/alarm.ts';
import { coreFamily } from '../grammar/compile-grammar.ts';
import type { Match } from '../grammar/grammar.ts';

/** Danger told without its name: "my eyes sting and something hisses". */
export type HearDanger = (text: string, about: { waits: boolean }) => Promise<Match | undefined>;

/** A turn waits no longer for it, in milliseconds. */
const deadlineMs = 250;
/**
 * So sure it must be that there is danger, and that it is one hazard: what is odd in its words alone looks a little like all of them ("rubber shavings
 * everywhere"). Surer where a reply is likelier: "my hands are too weak, I can't turn it".
 */
const sureFrom = { unasked: { any: 0.6, one: 0.5 }, waiting: { any: 0.8, one: 0.6 } } as const;
/** Who asks what would be, tells of what was, or says that there is none, is in no danger. */
const notNow =
  /\b(?:if|would|could|might|last (?:year|winter|summer|week|month)|used to|no longer|any ?more|once)\b|^(?:is|are|does|do|can|could|what|why|how|where|when|should|shall|was|were|did)\b.*\?\s*$|如果|要是|会不会|万一|以前|去年|上次|[吗么]\s*[？?]?\s*$/iu;

/** Listens with a head trained on nothing else, by the vector that the turn has anyway. What it is not sure of, it does not say. */
export function createHearDanger({ embedder, head }: { embedder: Embedder; head: () => Classifier }): HearDanger {
  let known: Classifier | undefined;
  return async (said, { waits }) => {
    const text = said.replaceAll('’', "'");
    if (notNow.test(text.trim())) return undefined;
    const got = await embedder.embed({ texts: [text], as: 'query', deadlineMs });
    const vector = got.kind === 'vectors' ? got.vectors[0] : undefined;
    if (!vector) return undefined;
    known ??= head();
    const shares = [...known.shares({ text, vector })].sort(([, a], [, b]) => b - a);
    const danger = shares.reduce((sum, [, share]) => sum + share, 0);
    const [likeliest] = shares;
    const from = sureFrom[waits ? 'waiting' : 'unasked'];
    if (!likeliest || danger < from.any || likeliest[1] < from.one) return undefined;
    return {
      kind: 'match',
      intent: emergencyIntent,
      slots: { hazard: likeliest[0] },
      family: coreFamily,
      exact: false,
      confidence: Number(Math.min(danger, 1).toFixed(2)),
    };
  };
}
