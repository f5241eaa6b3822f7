import { z } from 'zod';
import { risk } from './command.ts';
import { expected, interlock } from './condition.ts';
import { id, signalName } from './ids.ts';
import { value } from './sample.ts';
import { localized } from './text.ts';

/** A title is one sentence for all, or one in each language. */
export const title = z.union([z.string().min(1).max(200), localized]);

export const signal = z.object({
  title,
  type: z.enum(['number', 'boolean', 'string']),
  unit: z.string().max(32).optional(),
  /** What it measures, in Home Assistant's words for a device class: `battery`, `temperature`, `problem`, `moisture` … */
  kind: z.string().max(64).optional(),
  /** It only grows, until it is set back or wraps: what Home Assistant calls the state class `total_increasing`. */
  counter: z.boolean().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Allowed states of a string signal. */
  states: z.array(z.string().max(64)).max(64).optional(),
});
export type Signal = z.infer<typeof signal>;

export const argument = z.object({
  type: z.enum(['number', 'boolean', 'string']),
  title: title.optional(),
  unit: z.string().max(32).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  states: z.array(z.string().max(64)).max(64).optional(),
});

export const action = z.object({
  title,
  risk,
  /** What it does to the machine and how to undo it, said before anyone agrees. */
  effect: localized.optional(),
  args: z.record(id, argument).default({}),
  /** What must hold in the moment it is carried out, else it is refused: missing or stale data counts as not holding. */
  interlocks: z.array(interlock).max(16).optional(),
  /** How the machine itself shows that it worked; without it only the device's word is known. */
  expect: expected.optional(),
  /** The action that takes it back, where `expect` does not already say what was before. */
  undo: z
    .object({ name: id, args: z.record(id, value).default({}) })
    .strict()
    .optional(),
});
export type Action = z.infer<typeof action>;

/** What a family has in common (the pack's `thing.yaml`): W3C WoT Thing Model in our words. */
export const thingModel = z.object({
  signals: z.record(signalName, signal),
  actions: z.record(id, action).default({}),
});
export type ThingModel = z.infer<typeof thingModel>;

/** What a device publishes, retained, on `…/description`. Without signals the family's model stands. */
export const description = z.object({
  title: z.string().min(1).max(120),
  /** What it is called in each language, where it has a name in each. */
  titles: localized.optional(),
  family: id,
  model: z.string().max(120).optional(),
  maker: z.string().max(120).optional(),
  serial: z.string().max(120).optional(),
  firmware: z.string().max(60).optional(),
  year: z.int().min(1900).max(2200).optional(),
  location: z.string().max(120).optional(),
  signals: z.record(signalName, signal).optional(),
  actions: z.record(id, action).optional(),
});
export type Description = z.infer<typeof description>;

export const descriptionExample: Description = {
  title: 'Family car',
  family: 'vehicle',
  model: 'Leon',
  maker: 'Seat',
  firmware: '3.2.1',
  year: 2017,
};
