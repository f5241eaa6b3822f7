import type { Locale } from '@wayside/protocol';
import { heardAnywhere } from '../grammar/alarm.ts';
import type { Grammar, Matched } from '../grammar/grammar.ts';

/** What somebody can wish beside something else. A yes is none: with more to it, it may be a condition. */
const wishes = new Set(['status', 'safe', 'why', 'howto', 'signal', 'observe', 'dtc', 'faults', 'command', 'undo', 'person']);

/** Where one wish may end and the next begin, in both languages since people mix. */
const joints =
  /[,;.!?](?!\d)\s*(?:(?:oh )?(?:and then|and also|and|then|also|plus|after that))?\s+|\s+(?:and then|and also|and after that|and|then|after that|plus)\s+|[，。；！？、]\s*(?:然后|接着|再|还有|顺便|另外|并且|而且|同时|也)?|(?:然后|接着|顺便|另外|并且|而且|还有|再)(?!说|讲|念|来)/gi;

/** What no template knows and yet asks, the lower rungs may know. It moves nothing. */
const question =
  /^(?:(?:can|could|would) you )?(?:please )?(?:tell me |explain |say )?(?:why|what|how|when|where|which|who|whether|since when|is|are|does|do|can i|should i|could i)\b.{6,}|^(?:请|帮我|告诉我|说说|看看)*.{0,20}(?:为什么|怎么|怎样|多少|哪里|是不是|能不能|要不要|吗[？?]?$)/i;

/** Longer than this it is a tale; so many places are looked at, and so many wishes taken. */
const [longest, mostJoints, most] = [300, 6, 3];
/** A code in a sentence alone does not make a whole of it. */
const wholeFrom = 0.81;

/**
 * The wishes in one utterance, in their order: parts that each mean something by themselves, as few as can be. What has a meaning as a whole, and what
 * tells of danger, stays whole; so does whatever has a part that means nothing, since nobody knows what that part does to the rest.
 */
export function splitWishes(text: string, grammar: Pick<Grammar, 'match' | 'tells'>, locale: Locale, family: string | undefined): string[] {
  const whole = grammar.match(text, locale, family);
  if (text.length > longest || (whole.kind === 'match' && (whole.confidence >= wholeFrom || heardAnywhere.has(whole.intent))))
    return [text];
  const cuts = [...text.matchAll(joints)]
    .slice(0, mostJoints)
    .map((joint) => ({ ends: joint.index, begins: joint.index + joint[0].length }));
  const bounds = [{ ends: 0, begins: 0 }, ...cuts, { ends: text.length, begins: text.length }];
  const kindOf = (part: string) => {
    if (grammar.tells(part, 'depends')) return 'nothing';
    const heard = grammar.match(part, locale, family);
    if (heard.kind === 'match') return wishes.has(heard.intent) ? 'wish' : 'talk';
    return question.test(part) ? 'asked' : 'nothing';
  };
  const from = (at: number, left: number): string[] | undefined => {
    if (at === bounds.length - 1) return [];
    // What only sounds like a question may hide two: "what is wrong with it, and how do I fix it".
    for (const kinds of [new Set(['wish', 'talk']), new Set(['asked'])])
      for (let to = bounds.length - 1; to > at; to--) {
        const part = text.slice(bounds[at]!.begins, bounds[to]!.ends).replace(/^[\s,，、]+|[\s,，、]+$/g, '');
        const kind = part === '' ? 'talk' : at === 0 && to === bounds.length - 1 ? 'nothing' : kindOf(part);
        if (!kinds.has(kind) || (kind !== 'talk' && left === 0)) continue;
        const rest = from(to, kind === 'talk' ? left : left - 1);
        if (rest) return kind === 'talk' ? rest : [part, ...rest];
      }
    return undefined;
  };
  const parts = cuts.length > 0 ? from(0, most) : undefined;
  if (!parts || parts.length < 2) return [text];
  const all = distinct(parts, (part) => grammar.match(part, locale, family));
  // What is one wish in other words is heard whole, with all that stands around it.
  return all.length > 1 || !clauses.test(text) ? all : [text];
}

const clauses = /[,;.!?，。；！？、]/;

/** "That is done, what is next" is one wish, not two: whoever said "done" is shown the next step by it. */
function distinct(parts: readonly string[], match: (part: string) => Matched): string[] {
  const meant = parts.map((part) => {
    const heard = match(part);
    if (heard.kind === 'none') return { part, means: part, step: false };
    const { intent, slots } = heard;
    return { part, means: intent === 'howto' ? intent : JSON.stringify([intent, slots]), step: slots.step !== undefined };
  });
  const first = ({ means }: { means: string }) => {
    const same = meant.filter((one) => one.means === means);
    return same.find(({ step }) => step) ?? same[0];
  };
  return meant.filter((one) => first(one) === one).map(({ part }) => part);
}
