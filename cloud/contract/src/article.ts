import { id, locale } from '@wayside/protocol';
import { z } from 'zod';

/** Machines an article is about; what is left out holds for any. Compared without regard to case. */
export const applies = z.object({
  maker: z.string().max(120).optional(),
  model: z.string().max(120).optional(),
  /** Exact versions. */
  firmware: z.array(z.string().max(60)).max(50).optional(),
});
export type Applies = z.infer<typeof applies>;

/** What a machine says of itself, as far as it does. */
type Machine = { maker?: string | undefined; model?: string | undefined; firmware?: string | undefined };

/** Is it about this machine? What is left out holds for any; what the machine does not say of itself is not assumed. */
export function isAbout({ maker, model, firmware }: Applies, machine: Machine): boolean {
  const same = (wanted: string | undefined, is: string | undefined) => wanted === undefined || wanted.toLowerCase() === is?.toLowerCase();
  return same(maker, machine.maker) && same(model, machine.model) && (firmware?.includes(machine.firmware ?? '') ?? true);
}

/** Is an article with these limits about a machine? Without limits it is about any. */
export const isFor = (limits: readonly Applies[], machine: Machine): boolean =>
  limits.length === 0 || limits.some((each) => isAbout(each, machine));

/** One text of the knowledge base in one language. `version` counts up with every publication. */
export const article = z.object({
  id,
  locale,
  version: z.int().min(1),
  family: id,
  title: z.string().min(1).max(200),
  /** Markdown. */
  body: z.string().min(1).max(50_000),
  faults: z.array(id).max(50).default([]),
  tags: z.array(z.string().max(60)).max(50).default([]),
  sources: z.array(z.string().max(300)).max(50).default([]),
  /** Without any: every thing of the family. */
  applies: z.array(applies).max(50).optional(),
  /** The case it was learned from, when it was. */
  case: z.string().optional(),
});
export type Article = z.infer<typeof article>;
