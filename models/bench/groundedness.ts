import { readFileSync } from 'node:fs';
import type { Locale } from '@wayside/protocol';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Generated, Offered } from '../src/language/generator.ts';
import { ground } from '../src/language/ground.ts';

const named = z.record(z.string(), z.string()).default({});
const item = z.strictObject({
  say: z.string(),
  offer: z.array(z.string()),
  questions: named,
  actions: named,
  want: z.union([
    z.strictObject({ cite: z.string(), says: z.string() }),
    z.strictObject({ kind: z.enum(['ask', 'propose']), id: z.string() }),
    z.strictObject({ kind: z.literal('escalate') }),
  ]),
});
const set = z.strictObject({ passages: z.record(z.string(), z.string()), items: z.array(item) });

export type Item = { locale: Locale; say: string; offered: Offered; want: z.infer<typeof item>['want'] };

const offers = (all: Record<string, string>) => Object.entries(all).map(([id, text]) => ({ id, text }));

/** The items of one language, each with what the code would offer for it. */
export function readItems(locale: Locale): Item[] {
  const { passages, items } = set.parse(parse(readFileSync(new URL(`./groundedness/${locale}.yaml`, import.meta.url), 'utf8')));
  return items.map(({ say, offer, questions, actions, want }) => ({
    locale,
    say,
    want,
    offered: { passages: offer.map((id) => ({ id, text: passages[id]! })), questions: offers(questions), actions: offers(actions) },
  }));
}

/**
 * How one draft did. `grounded`: an answer all of whose claims pass `ground`. `right`: what remains after `ground`
 * cites the wanted passage and says the wanted thing (or the wanted question, action or escalation was chosen).
 */
export function judge(one: Item, generated: Generated): { answered: boolean; grounded: boolean; right: boolean; why: string } {
  if (generated.kind === 'unavailable') return { answered: false, grounded: false, right: false, why: generated.reason };
  const { draft } = generated;
  const { kept, dropped } = ground(draft, one.offered, one.say);
  const grounded = draft.kind === 'answer' && dropped.length === 0;
  const why = draft.kind === 'answer' ? dropped.map((claim) => `${claim.reason} ${claim.detail ?? ''}`).join(', ') : draft.kind;
  const { want } = one;
  const said = kept.filter((claim) => 'cite' in want && claim.cite === want.cite).map((claim) => claim.text);
  const right =
    'cite' in want
      ? new RegExp(want.says, 'i').test(said.join(' '))
      : draft.kind === want.kind &&
        (draft.kind !== 'ask' || ('id' in want && draft.question === want.id)) &&
        (draft.kind !== 'propose' || ('id' in want && draft.action === want.id));
  return { answered: draft.kind === 'answer', grounded, right, why };
}
