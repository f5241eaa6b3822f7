import { z } from 'zod';

/** W3C Web of Things (WoT) Thing Description 1.1, https://www.w3.org/TR/wot-thing-description11/; and 1.0, which is read too. */
export const tdContext = 'https://www.w3.org/2022/wot/td/v1.1';
export const oldTdContext = 'https://www.w3.org/2019/wot/td/v1';

/** The words of others that a description of ours needs beside those of the standard. */
export const vocabularies = {
  schema: 'https://schema.org/',
  mqv: 'http://www.example.org/mqtt-binding#',
  wayside: 'urn:wayside:vocabulary#',
} as const;

/** What stands first in every Thing Description and Thing Model of ours; English is the language of what has only one. */
export const context = [tdContext, { ...vocabularies, '@language': 'en' }] as const;

const texts = z.record(z.string().max(35), z.string().max(4_000));
const manyOrOne = <S extends z.ZodType>(of: S) => z.union([of, z.array(of).max(64)]);

/** A data schema, as far as it is understood here: the types that a signal can have; others are told and left out. */
const dataSchema = z.looseObject({
  title: z.string().max(4_000).optional(),
  titles: texts.optional(),
  description: z.string().max(4_000).optional(),
  descriptions: texts.optional(),
  type: z.string().max(32).optional(),
  unit: z.string().max(64).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  enum: z.array(z.unknown()).max(1_000).optional(),
  writeOnly: z.boolean().optional(),
  'wayside:kind': z.unknown().optional(),
  'wayside:counter': z.unknown().optional(),
});
export type DataSchema = z.infer<typeof dataSchema>;

const tdAction = z.looseObject({
  title: z.string().max(4_000).optional(),
  titles: texts.optional(),
  description: z.string().max(4_000).optional(),
  descriptions: texts.optional(),
  safe: z.boolean().optional(),
  input: dataSchema.extend({ properties: z.record(z.string(), dataSchema).optional() }).optional(),
});
export type TdAction = z.infer<typeof tdAction>;

/** As much of a Thing Description or Thing Model as we take from others. What else it says is left alone. */
export const thingDescription = z.looseObject({
  '@context': z.union([z.string(), z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).max(32)]),
  '@type': manyOrOne(z.string().max(200)).optional(),
  id: z.string().max(500).optional(),
  title: z.string().min(1).max(4_000).optional(),
  titles: texts.optional(),
  properties: z.record(z.string(), dataSchema).optional(),
  actions: z.record(z.string(), tdAction).optional(),
  links: z
    .array(z.looseObject({ href: z.string(), rel: z.string().optional() }))
    .max(64)
    .optional(),
});
export type ThingDescription = z.infer<typeof thingDescription>;

/** Is it meant as a Thing Description? Told by its context, whatever else is wrong with it. */
export function isThingDescription(json: unknown): boolean {
  const stated = (json as { '@context'?: unknown } | null)?.['@context'];
  return [stated].flat().some((one) => one === tdContext || one === oldTdContext);
}
