import type { Classifier, Embedder } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import { askedForm, nearness } from './asked-form.ts';
import type { Examples } from './examples.ts';
import type { KeptVectors } from './kept-vectors.ts';
import { createLikest } from './likest.ts';
import { readAside, readReply, type WaitsFor } from './reply.ts';

/** What a sentence that no template knows is taken to mean, and how sure that is: the chance that it is right. */
export type Meant = { intent: string; slots: Record<string, string>; confidence: number };

/**
 * `asks`: what it names is not told to be so; `waits`: what the conversation waits for, where it waits for something; `onlyReplies`: nothing counts but a
 * sure reply to it.
 */
export type Classify = ((
  text: string,
  about: { locale: Locale; family: string | undefined; asks?: boolean; waits?: WaitsFor | undefined; onlyReplies?: boolean },
) => Promise<Meant | undefined>) & {
  /** Somebody will talk about a thing of this family soon. */
  expect?(family: string, locale: Locale): void;
};

/** A turn waits no longer for what a sentence means, in milliseconds; it takes ten where the machine has time. */
const deadlineMs = 250;
/** So long the first sentence about a family waits for the family's own words to be embedded; what is told first is what the talk is about. */
const examplesMs = 3_000;
/** What it must be sure of at least. Asking for a person is heard early: a person asked in vain says so, one who is ignored leaves. */
const sureFrom: Record<string, number> = { person: 0.4, yes: 0.8, no: 0.8, bye: 0.8, undo: 0.8, cancel: 0.8 };
const sureFromElse = 0.45;
/** In the middle of something: who is not understood there is asked again, who is misunderstood loses their place. */
const sureMidway: Record<string, number> = { ...sureFrom, person: 0.5 };
const sureMidwayElse = 0.6;
/** How near the nearest example must be, and by how much nearer than one that means another signal. */
const near = { from: 0.86, margin: 0.008 } as const;
/**
 * A sign told in words of one's own is heard, whatever the head takes the sentence for, where all that is said of the family's signs speaks for it (`share`,
 * and by how much more than for the next) and something said is this near. Chosen by leaving each of the packs' sentences out: 2 % of them are then taken
 * for another sign. Where two signs are told of alike, they are asked from `both` on. In the middle of something it must be surer.
 */
const signFrom = { en: { share: 0.4, likeness: 0.9, both: 0.4 }, zh: { share: 0.48, likeness: 0.92, both: 0.4 } } as const;
const signMidway = 0.15;
/** A sign this much less likely than the likeliest is not asked about beside it. */
const besideFrom = 0.4;
/** How surely such a sign is the one that was meant: of the packs' sentences that come this near when left out, more than nineteen of twenty. */
export const signSure = 0.95;
/** How surely a figure is meant that is only nearer than others. */
const perhapsAsked = 0.7;
/** Two signs are told of alike, and it is asked which is meant. */
export const whichSign = 'which-sign';
/** What a sentence is vaguely taken for that may tell of a sign. */
const vague = new Set(['why', 'status', 'faults', 'known', 'observe']);
/** A sentence that is surely one of these tells of no sign, however like one it sounds. */
const noSign = new Set(['person', 'since', 'thanks', 'bye', 'undo', 'cancel', 'elsewhere']);
const surelyNoSign = 0.8;
/** A model, not a template, must not be asked to move a machine, to turn round what was noticed, or to guess a code; articles answer questions. */
const notHere = new Set(['ask', 'command', 'dtc']);
/** A reply this sure is one, whatever else the sentence may be taken for. */
const surelyReply = 0.85;
/** What is said in the middle of something and is no reply to it. */
const ownWish = new Set(['person', 'safe', 'status', 'why', 'faults', 'known', 'since', 'thanks', 'bye']);
/** "It works but it is still cold" is no good news. */
const butStill = /\b(but|only|except|still|yet|hardly|barely)\b|但|可是|不过|就是|只是|还是/i;
const denies =
  /[不没未无别]|(?<![a-z])(no|not|never|none|nothing|without|cannot|(?:do|does|did|is|are|was|were|wo|would|ca|could|has|have|had|should)n['’]?t)(?![a-z])/i;
/** "The brakes do not squeal" is near "the brakes squeal", and tells the contrary. */
const contrary = (text: string, examples: readonly string[]): boolean => examples.every((one) => denies.test(text) !== denies.test(one));

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
  kept?: KeptVectors | undefined;
}): Classify {
  const { embedder } = parts;
  let head: Classifier | undefined;
  let replies: Classifier | undefined;
  let midway: Classifier | undefined;
  const likest = createLikest({ examples: parts.examples, embedder, deadlineMs: examplesMs, kept: parts.kept });

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
    if (intent === 'observe') return undefined;
    const which = family && (await likest.of(vector, intent, family, locale));
    if (!which || which.likeness < near.from || which.margin < near.margin) return undefined;
    return { intent, slots: which.said.slots, confidence };
  }

  /** A sign that is told in words of one's own, or the two that may be. */
  async function signIn(
    { text, vector }: { text: string; vector: Float32Array },
    { locale, family, asks, waits }: Parameters<Classify>[1],
  ): Promise<Meant | undefined> {
    if (!family || asks || askedForm(text, locale)) return undefined;
    const from = signFrom[locale];
    const which = await likest.sign(vector, family, locale);
    if (!which || which.likeness < from.likeness || contrary(text, which.texts)) return undefined;
    const { first, second = { meaning: '', share: 0 } } = which;
    if (2 * first.share - second.share >= from.share + (waits ? signMidway : 0))
      return { intent: 'observe', slots: { observation: first.meaning, answer: 'yes' }, confidence: signSure };
    if (waits || first.share + second.share < from.both) return undefined;
    const signs = second.share >= besideFrom * first.share ? [first, second] : [first];
    return { intent: whichSign, slots: { signs: signs.map(({ meaning }) => meaning).join(' ') }, confidence: perhapsAsked };
  }

  /** A figure or leave that is asked for in words near enough to the family's own. */
  async function askedIn(
    { text, vector }: { text: string; vector: Float32Array },
    { locale, family, waits }: Parameters<Classify>[1],
    wish: Meant | undefined,
  ): Promise<Meant | undefined> {
    const form = family && !waits ? askedForm(text, locale) : undefined;
    if (!family || !form) return undefined;
    const which = await likest.of(vector, form, family, locale);
    const near = which && nearness(form, which, locale);
    if (!near || (near === 'perhaps' && wish)) return undefined;
    return { intent: form, slots: which.said.slots, confidence: near === 'surely' ? signSure : perhapsAsked };
  }

  return Object.assign(
    async (text: string, about: Parameters<Classify>[1]) => {
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
      if (reply && !(wish && ownWish.has(wish.intent))) return reply;
      if (wish && noSign.has(wish.intent) && wish.confidence >= surelyNoSign) return wish;
      const asked = await askedIn({ text, vector }, about, wish);
      const sign = asked ? undefined : await signIn({ text, vector }, about);
      return asked ?? (sign?.intent === whichSign && wish && !vague.has(wish.intent) ? wish : (sign ?? wish));
    },
    { expect: likest.expect },
  );
}
