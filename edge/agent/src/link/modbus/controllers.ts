import { readFile } from 'node:fs/promises';
import { explain, id, signalName, span, WaysideError } from '@wayside/protocol';
import { parse } from 'yaml';
import { z } from 'zod';
import { actionsOfThing, type siteActions } from '../site-actions.ts';

/** Number types, in registers of 16 bits. */
export const widths = { int16: 1, uint16: 1, int32: 2, uint32: 2, float32: 2, float64: 4 } as const;
export type NumberType = keyof typeof widths;

/** The four tables of a controller (MODBUS Application Protocol 1.1b3, clause 4.3), by the names people use. */
export const tables = ['holding', 'input', 'coil', 'discrete'] as const;
export type Table = (typeof tables)[number];

const address = z.int().min(0).max(65_535).optional();
const point = z
  .object({
    /** Where it lies: one of the four, counted from 0 as on the wire. */
    holding: address,
    input: address,
    coil: address,
    discrete: address,
    type: z.enum(Object.keys(widths) as [NumberType, ...NumberType[]]).default('uint16'),
    /** Of a number of several registers: `big`, the high word first; `little`, the low one. */
    words: z.enum(['big', 'little']).default('big'),
    scale: z
      .number()
      .refine((scale) => scale !== 0, 'a scale of 0 says nothing')
      .default(1),
    offset: z.number().default(0),
    /** What single numbers mean. */
    states: z.record(z.string().regex(/^-?\d+$/, 'a state is named by its number'), z.string().min(1).max(64)).optional(),
    title: z.string().max(200).optional(),
    unit: z.string().max(32).optional(),
    kind: z.string().max(64).optional(),
  })
  .strict()
  .refine((one) => tables.filter((table) => one[table] !== undefined).length === 1, 'exactly one of holding, input, coil, discrete')
  .refine((one) => !one.states || Object.keys(one.states).length <= 64, 'at most 64 states');
export type Point = z.infer<typeof point>;

const device = z
  .object({
    thing: id,
    url: z.url({ protocol: /^modbus(\+tcp)?$/, error: 'modbus://host or modbus://host:port' }),
    unit: z.int().min(0).max(255).default(1),
    every: span.default('10s'),
    title: z.string().min(1).max(120).optional(),
    family: id.default('generic'),
    maker: z.string().max(120).optional(),
    model: z.string().max(120).optional(),
    signals: z.record(signalName, point).refine((all) => Object.keys(all).length <= 500, 'at most 500 signals'),
    actions: actionsOfThing.default({}),
  })
  .strict();
export type Controller = z.infer<typeof device>;
export const controllersFile = z.object({ devices: z.array(device).max(100) }).strict();

/**
 * Reads the file that says which registers of which controllers are read.
 * @returns the controllers, and what may be done with them
 * @throws WaysideError `invalid` that names the file, the place and what would be right
 */
export async function readControllers(file: string): Promise<{ devices: Controller[]; actions: z.infer<typeof siteActions> }> {
  const no = (why: string) => new WaysideError('invalid', `The file of controllers ${file} ${why}`);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw no(`cannot be read (${error.code}). Correct the path, or leave the setting out.`);
  });
  let yaml: unknown;
  try {
    yaml = parse(text, { maxAliasCount: 100, stringKeys: true, logLevel: 'error' });
  } catch (error) {
    throw no(`is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
  const parsed = controllersFile.safeParse(yaml);
  if (!parsed.success) throw no(`does not fit: ${explain(parsed.error)}`);
  const { devices } = parsed.data;
  const twice = devices.find(({ thing }, i) => devices.findIndex((other) => other.thing === thing) < i);
  if (twice) throw no(`names ${twice.thing} twice.`);
  return { devices, actions: Object.fromEntries(devices.map(({ thing, actions }) => [thing, actions])) };
}
