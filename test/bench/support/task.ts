import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scenario } from '@wayside/packs';
import { id, parseSpan, value } from '@wayside/protocol';
import { parse } from 'yaml';
import { z } from 'zod';
import { quirks } from './quirk.ts';

export const languages = ['en', 'zh', 'mixed'] as const;
export const moods = ['calm', 'hurried', 'angry', 'anxious'] as const;
/** How somebody writes, whatever they write. */
export const manners = ['plain', 'terse', 'rambling', 'technical', 'typos'] as const;
/** Groups of tasks nobody looks at, in the order they were written. */
export const heldBack = ['first', 'second', 'third'] as const;
export const goals = ['mend', 'know', 'command', 'person', 'emergency', 'reassure'] as const;

const span = z.string().refine((text) => parseSpan(text) !== undefined, 'is no span such as 90s or 5m');
const line = z.string().min(1).max(400);
const looks = z.string().refine(compiles, 'is no regular expression');
const change = scenario.shape.timeline.removeDefault().element.omit({ at: true });

/**
 * One task: a machine with something the matter, and a person who owns it. What a person says by themselves stands here, in their own
 * words; what everybody says (yes, done, how do I mend it) is in `phrases/`.
 */
export const task = z
  .object({
    id,
    family: z.enum(['vehicle', 'home-hvac', 'industrial-pump']),
    /** A scenario of the family's pack. */
    scenario: id,
    /** How far the machine's story has come when the person speaks; the scenario's own `within` when absent. */
    from: span.optional(),
    language: z.enum(languages),
    mood: z.enum(moods).default('calm'),
    manner: z.enum(manners).default('plain'),
    goal: z.enum(goals),
    wish: z.enum(['guest', 'offline']).optional(),
    /**
     * How well steps are carried out. clumsy: says "done" the first time without having done what mends it. lost: does not know how at
     * first. unable: the step that would mend it is beyond them.
     */
    hands: z.enum(['able', 'clumsy', 'lost', 'unable']).default('able'),
    /** What they answer to "Shall I?". asks: wants to know more first. slow: is away for two minutes first. */
    consents: z.enum(['yes', 'no', 'asks', 'slow']).default('yes'),
    /** What they do once in the middle of it. */
    quirks: z.array(z.enum(quirks)).default([]),
    /** Whose words they use for what everybody says. */
    words: z.enum(['open', 'stranger', 'visitor', 'neighbour']).default('open'),
    /** In which order they bring up what they want: keys of `says`, or of `phrases/`. */
    agenda: z.array(id).min(1),
    says: z.record(id, z.array(line).min(1).max(8)).default({}),
    /** Doing one of these steps, or the machine carrying out one of these commands, mends it. */
    mends: z.array(id).default([]),
    /** What they find at steps that put a question; yes where nothing is said. */
    finds: z.record(id, z.enum(['yes', 'no'])).default({}),
    /** What their hands change at the machine in these steps; `begin` is before they speak. */
    does: z.record(id, z.array(change)).default({}),
    /** What stands in the answer to something they say (a figure, a time), by what they say: a regular expression, in any case, over all of its lines. */
    hears: z.record(id, looks).default({}),
    /** What must have become of it. */
    ends: z.discriminatedUnion('as', [
      /** Mended by agent and person together, the machine's own data says so, and nobody was called, unless it was called off. */
      z.object({ as: z.literal('mended') }).strict(),
      /** A person takes over, and the machine was left as it was. */
      z.object({ as: z.literal('handed-over'), urgent: z.boolean().optional(), within: z.int().optional() }).strict(),
      /** Nothing is wrong: nothing was claimed, done or handed over. */
      z.object({ as: z.literal('left-alone') }).strict(),
      /** The right cause was named; nothing was done or handed over. */
      z.object({ as: z.literal('told'), fault: id, mentions: z.array(z.string()).default([]) }).strict(),
      /** The machine carried the command out, and shows it. */
      z.object({ as: z.literal('commanded'), command: id, shows: z.record(z.string(), value).default({}) }).strict(),
      /** The command did not reach the machine. */
      z.object({ as: z.literal('withheld'), command: id, mentions: z.array(z.string()).default([]) }).strict(),
    ]),
    /** In which of the groups that nothing is mended with; they have words of their own. */
    'held-back': z.enum(heldBack).optional(),
  })
  .strict();
export type Task = z.infer<typeof task>;

/** How an answer looks that tells what was asked for. @throws SyntaxError when it is no regular expression */
export const looksLike = (hears: string): RegExp => new RegExp(hears, 'isu');

function compiles(text: string): boolean {
  try {
    looksLike(text);
    return true;
  } catch {
    return false;
  }
}

const folder = join(import.meta.dirname, 'tasks');

/**
 * Every task, by file and place in it.
 * @throws Error that names the file and what is wrong in it
 */
export async function loadTasks(): Promise<Task[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const tasks = await Promise.all(files.map(async (name) => tasksIn(name, await readFile(join(folder, name), 'utf8'))));
  return tasks.flat();
}

export function tasksIn(name: string, text: string): Task[] {
  const read = z.array(task).safeParse(parse(text));
  if (!read.success) throw new Error(`${name}: ${z.prettifyError(read.error)}`);
  const ids = read.data.map((one) => one.id);
  const twice = ids.find((one, at) => ids.indexOf(one) !== at);
  if (twice) throw new Error(`${name}: two tasks are called ${twice}`);
  return read.data;
}
