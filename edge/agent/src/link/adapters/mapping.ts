import { readFile } from 'node:fs/promises';
import { canonicalUnit, conversion, explain, id, type Signal, signalName, type Value, WaysideError } from '@wayside/protocol';
import { parse } from 'yaml';
import { z } from 'zod';
import { siteActions } from '../site-actions.ts';
import { type Adapter, idOf, objectOf, type Said } from './adapter.ts';
import { type Tell, untold } from './passed-over.ts';
import { compileTemplate, loadTemplates, type Read } from './template.ts';

const mapped = z
  .object({
    /** `.` steps into the JSON: `vibration.rms`; `value` is the payload itself; a Jinja template where that is not enough. */
    from: z.string().min(1).max(2_000).default('value'),
    title: z.string().max(200).optional(),
    type: z.enum(['number', 'boolean', 'string']).default('number'),
    unit: z.string().max(32).optional(),
    kind: z.string().max(64).optional(),
    /** The text that means yes, for a boolean. */ on: z.string().default('true'),
  })
  .strict();
const entry = z
  .object({
    /** A topic with `+` for one level; what each `+` stood for is `{1}`, `{2}` … in `thing` and `title`. */
    topic: z
      .string()
      .min(1)
      .max(256)
      .regex(/^[^#]+$/, 'only + is a wildcard here'),
    thing: z.string().min(1),
    title: z.string().optional(),
    family: id.default('generic'),
    maker: z.string().optional(),
    model: z.string().optional(),
    signals: z.record(signalName, mapped),
  })
  .strict();
/** The mapping file: what plain JSON devices publish and what it means, and what may be done with things that offer nothing themselves. */
export const mappingFile = z.object({ devices: z.array(entry).max(500).default([]), actions: siteActions.default({}) }).strict();
const mostThings = 2_000;

export type Mapping = { adapter: Adapter; actions: z.infer<typeof siteActions> };

type Rule = {
  pattern: RegExp;
  entry: z.infer<typeof entry>;
  reads: [name: string, read: Read, turn: (text: string) => Value | undefined][];
  signals: Record<string, Signal>;
};

/**
 * Reads a mapping file (YAML).
 * @param tell told what is passed over of what comes, and why
 * @throws WaysideError `invalid` that names the file, the place and what would be right
 */
export async function readMapping(file: string, tell: Tell = untold): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WaysideError(
      'invalid',
      `The mapping file ${file} cannot be read (${error.code}). Correct the path, or leave the setting out.`,
    );
  });
  let yaml: unknown;
  try {
    yaml = parse(text, { maxAliasCount: 100, stringKeys: true, logLevel: 'error' });
  } catch (error) {
    throw new WaysideError(
      'invalid',
      `The mapping file ${file} is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    );
  }
  const parsed = mappingFile.safeParse(yaml);
  if (!parsed.success) throw new WaysideError('invalid', `The mapping file ${file}: ${explain(parsed.error)}`);
  await loadTemplates();
  return { adapter: createMapping(parsed.data, file, tell), actions: parsed.data.actions };
}

/** Devices that publish JSON of their own on topics of their own, by what a mapping says of them; templates must be loaded. */
export function createMapping({ devices }: Pick<z.infer<typeof mappingFile>, 'devices'>, file = 'mapping', tell: Tell = untold): Adapter {
  const rules = devices.map((one): Rule => {
    const reads = Object.entries(one.signals).map(([name, signal]) => {
      const template = signal.from.includes('{')
        ? signal.from
        : signal.from === 'value'
          ? '{{ value }}'
          : `{{ value_json.${signal.from} }}`;
      const read = compileTemplate(template);
      if (!read)
        throw new WaysideError(
          'invalid',
          `${file}: ${one.topic}, signal ${name}: "${signal.from}" is neither a path nor a template that can be used here`,
        );
      return [name, read, turnOf(signal)] as Rule['reads'][number];
    });
    const signals = Object.fromEntries(
      Object.entries(one.signals).map(([name, { title, type, unit, kind }]) => [
        name,
        { title: title ?? name, type, ...(unit ? { unit: canonicalUnit(unit) } : {}), ...(kind ? { kind } : {}) } satisfies Signal,
      ]),
    );
    const pattern = new RegExp(
      `^${one.topic
        .split('/')
        .map((level) => (level === '+' ? '([^/]+)' : RegExp.escape(level)))
        .join('/')}$`,
    );
    return { pattern, entry: one, reads, signals };
  });
  const described = new Set<string>();

  return {
    name: 'mapping',
    hear(topic, payload) {
      const said: Said[] = [];
      let mine = false;
      for (const { pattern, entry: one, reads, signals } of rules) {
        const match = pattern.exec(topic);
        if (!match) continue;
        mine = true;
        const fill = (text: string) => text.replace(/\{(\d)\}/g, (_, digit: string) => match[Number(digit)] ?? '');
        const thing = idOf(fill(one.thing));
        if (!thing) {
          tell(topic, `“${fill(one.thing).slice(0, 40)}” has nothing that an id may have`);
          continue;
        }
        if (!described.has(thing) && described.size < mostThings) {
          described.add(thing);
          const { family, maker, model } = one;
          said.push({
            thing,
            description: {
              title: fill(one.title ?? one.thing).slice(0, 120),
              family,
              ...(maker ? { maker } : {}),
              ...(model ? { model } : {}),
              signals,
            },
          });
        }
        const values = Object.fromEntries(
          reads.flatMap(([name, read, turn]) => {
            const text = read(payload)?.trim() ?? '';
            const value = turn(text);
            // What is missing is nothing odd: a message may hold others.
            if (value === undefined && text !== '') tell(topic, `what is found for ${name} is no number`);
            return value === undefined ? [] : [[name, value]];
          }),
        );
        if (Object.keys(values).length > 0) said.push({ thing, telemetry: { signals: values } });
        else tell(topic, objectOf(payload) ? 'none of its signals is in it' : 'none of its signals is in it, which is no JSON object');
      }
      return mine ? said : undefined;
    },
  };
}

function turnOf({ type, unit, on }: z.infer<typeof mapped>): (text: string) => Value | undefined {
  if (type === 'string') return (text) => (text === '' ? undefined : text.slice(0, 256));
  if (type === 'boolean') return (text) => (text === '' ? undefined : text.toLowerCase() === on.toLowerCase());
  const convert = unit === undefined ? undefined : conversion(unit, canonicalUnit(unit));
  return (text) => {
    const number = Number(text);
    return text === '' || !Number.isFinite(number) ? undefined : convert ? convert(number) : number;
  };
}
