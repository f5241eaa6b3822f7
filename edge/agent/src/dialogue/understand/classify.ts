import { type Classifier, type Embedder, nearest } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import { type Examples, familyIn, type Said } from './examples.ts';
import { readAside, readReply, type WaitsFor } from './reply.ts';

/** What a sentence that no template knows is taken to mean, and how sure that is: the chance that it is right. */
export type Meant = { intent: string; slots: Record<string, string>; confidence: number };

/** `waits`: what the conversation waits for, where it waits for something; `onlyReplies`: nothing counts but a sure reply to it. */
export type Classify = (
  text: string,
  about: { locale: Locale; family: string | undefined; waits?: WaitsFor | undefined; onlyReplies?: boolean },
) => Promise<Meant | undefined>;

/** A turn waits no longer for what a sentence means, in milliseconds; it takes ten where the machine has time. */
const deadlineMs = 250;
/** What it must be sure of at least. Asking for a person is heard early: a person asked in vain says so, one who is ignored leaves. */
const sureFrom: Record<string, number> = { person: 0.4, yes: 0.8, no: 0.8, bye: 0.8, undo: 0.8, cancel: 0.8 };
const sureFromElse = 0.45;
/** In the middle of something: who is not understood there is asked again, who is misunderstood loses their place. */
const sureMidway: Record<string, number> = { ...sureFrom, person: 0.5 };
const sureMidwayElse = 0.6;
/** How near the nearest example must be, and by how much nearer than one that means another signal or sign. */
const near = { from: 0.86, margin: 0.008 } as const;
/** Among so many of the nearest, one that means something else is looked for. */
const looked = 24;
/** A model, not a template, must not be asked to move a machine, to turn round what was noticed, or to guess a code; articles answer questions. */
const notHere = new Set(['ask', 'command', 'dtc']);
/** A reply this sure is one, whatever else the sentence may be taken for. */
const surelyReply = 0.85;
/** What is said in the middle of something and is no reply to it. */
const ownWish = new Set(['person', 'safe', 'status', 'why', 'faults', 'known', 'since', 'thanks', 'bye']);
/** "It works but it is still cold" is no good news. */
const butStill = /\b(but|only|except|still|yet|hardly|barely)\b|但|可是|不过|就是|只是|还是/i;
const denies = /[不没未无别]|(?<![a-z])(no|not|never|none|nothing|n't|without)(?![a-z])|n['’]t/i;

/**
 * The rung below the templates: a sentence becomes a vector, a trained head says what is wanted of it, and where that is a signal or something
 * noticed, the nearest of the family's own words says which one. It answers in time or not at all, and says nothing of what it is not
 * sure of; then the next rung tries.
 */
export function createClassify(parts: {
  examples: Examples;
  embedder: Embedder;
  head: () => Classifier;
  replies: () => Classifier;
  midway: () => Classifier;
}): Classify {
  const { embedder } = parts;
  let head: Classifier | undefined;
  let replies: Classifier | undefined;
  let midway: Classifier | undefined;
  const known = new Map<string, Promise<(Said & { vector: Float32Array })[]>>();

  /** Embedded when they are first wanted, in the time between two sentences; those who do not come are wanted again. */
  function examples(family: string, locale: Locale): Promise<(Said & { vector: Float32Array })[]> {
    const key = familyIn(family, locale);
    const begun = known.get(key) ?? embedded(parts.examples.get(key) ?? []);
    known.set(key, begun);
    void begun.then((found) => {
      if (found.length === 0) known.delete(key);
    });
    return begun;
  }
  async function embedded(said: readonly Said[]): Promise<(Said & { vector: Float32Array })[]> {
    const result: (Said & { vector: Float32Array })[] = [];
    // In small orders, so that somebody who speaks meanwhile waits for few of them.
    for (let at = 0; at < said.length; at += 4) {
      const some = said.slice(at, at + 4);
      const got = await embedder.embed({ texts: some.map(({ text }) => text), as: 'query', deadlineMs: 30_000 });
      if (got.kind !== 'vectors') return [];
      result.push(...some.map((one, n) => ({ ...one, vector: got.vectors[n]! })));
    }
    return result;
  }
  async function whichOf(vector: Float32Array, intent: Said['intent'], family: string, locale: Locale): Promise<Said | undefined> {
    const late = new Promise<never[]>((resolve) => setTimeout(resolve, deadlineMs, []).unref());
    const found = await Promise.race([examples(family, locale), late]);
    const likest = nearest(
      vector,
      found.filter((one) => one.intent === intent),
      looked,
    );
    const [first] = likest;
    const idOf = ({ slots }: Said) => slots.signal ?? slots.observation;
    const second = likest.find(({ item }) => first && idOf(item) !== idOf(first.item));
    return first && first.likeness >= near.from && first.likeness - (second?.likeness ?? 0) >= near.margin ? first.item : undefined;
  }

  async function wishIn(
    { text, vector }: { text: string; vector: Float32Array },
    { locale, family, waits }: Parameters<Classify>[1],
  ): Promise<Meant | undefined> {
    head ??= parts.head();
    const { label, outside, confidence } = head.judge({ text, vector });
    const [intent = '', slot] = label.split(' ');
    const from = waits ? (sureMidway[intent] ?? sureMidwayElse) : (sureFrom[intent] ?? sureFromElse);
    if (outside || notHere.has(intent) || confidence < from) return undefined;
    if (intent !== 'signal' && intent !== 'observe') {
      const [name, value] = slot?.split('=') ?? [];
      // What became of a step or a repair, nobody says who was asked something else.
      if (waits && waits !== 'step' && (name === 'step' || intent === 'mended')) return undefined;
      if (intent === 'mended' && value === 'yes' && butStill.test(text)) return undefined;
      return { intent, slots: name && value ? { [name]: value } : {}, confidence };
    }
    if (!family || (intent === 'observe' && denies.test(text))) return undefined;
    const which = await whichOf(vector, intent, family, locale);
    return which && { intent, slots: which.slots, confidence };
  }

  return async (text, about) => {
    const { waits, onlyReplies = false } = about;
    const got = await embedder.embed({ texts: [text], as: 'query', deadlineMs });
    const vector = got.kind === 'vectors' ? got.vectors[0] : undefined;
    if (!vector) return undefined;
    if (waits === 'step') midway ??= parts.midway();
    const aside = waits === 'step' && midway ? readAside(midway, { text, vector }) : undefined;
    if (aside) return aside;
    replies ??= waits && parts.replies();
    const reply = waits && replies && readReply(replies, { text, vector }, waits);
    if (reply && reply.confidence >= surelyReply) return reply;
    if (onlyReplies) return undefined;
    const wish = await wishIn({ text, vector }, about);
    return reply && !(wish && ownWish.has(wish.intent)) ? reply : wish;
  };
}
