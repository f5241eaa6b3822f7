import { type Signal, signalName } from '@wayside/protocol';
import { z } from 'zod';

const word = z.string().min(1).max(64);
const words = z.union([word, z.array(word).min(1)]).transform((one) => (typeof one === 'string' ? [one] : one));

/**
 * Every signal of a thing that is of one of these kinds, has one of these units and is of this type; what is not said does not matter. A
 * detector with a selector runs once for each signal it finds, also on a thing nobody wrote a pack for.
 */
export const selector = z
  .object({
    kind: words.optional(),
    unit: words.optional(),
    type: z.enum(['number', 'boolean', 'string']).optional(),
    /** Kinds and units that are left out. */
    except: words.default([]),
  })
  .strict()
  .refine(({ kind, unit, type }) => kind ?? unit ?? type, 'a selector names at least one of kind, unit, type');
export type Selector = z.infer<typeof selector>;

/** One signal by its name, or all that a selector finds. */
export const which = z.union([signalName, selector]);
export type Which = z.infer<typeof which>;

/** Does the selector find this signal? What a signal does not say of itself fits no kind and no unit. */
export function finds({ kind, unit, type, except }: Selector, signal: Pick<Signal, 'kind' | 'unit' | 'type'>): boolean {
  const among = (wanted: readonly string[] | undefined, has: string | undefined) =>
    wanted === undefined || (has !== undefined && wanted.includes(has));
  return (
    among(kind, signal.kind) && among(unit, signal.unit) && (type ?? signal.type) === signal.type && !except.includes(signal.kind ?? '')
  );
}

/**
 * What the edge itself knows of every thing, as signals beside the thing's own: packs may use them as if the thing had told them.
 * They go by the edge's clock.
 */
export const edgeSignals = {
  'wayside.presence': { title: { en: 'Connection', zh: '连接' }, type: 'string', states: ['online', 'offline'] },
} as const satisfies Record<string, Omit<Signal, 'states'> & { states: readonly string[] }>;

/** How many trouble codes of a thing stand, as the edge counts them: in this an action that clears them shows (`expect`). */
export const codesSignal: Record<string, Signal> = {
  'wayside.codes': { title: { en: 'Trouble codes that stand', zh: '仍存在的故障码' }, type: 'number' },
};
