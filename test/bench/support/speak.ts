import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Random } from '../diagnosis/random.ts';
import { mistype } from './mistype.ts';
import type { Task } from './task.ts';

const pools = z.record(z.string(), z.record(z.string(), z.array(z.string().min(1)).min(1)));
type Tables = Record<'en' | 'zh', z.infer<typeof pools>>;
/**
 * Strangers were written later, by other habits, and visitors and neighbours after them; the people of each group of held-back tasks have words of their own, so that
 * what is mended with the open ones in view is no help to them.
 */
export type Phrases = Record<Words, Tables>;
export type Words = 'open' | 'stranger' | 'visitor' | 'neighbour' | 'held-back' | 'held-back-second' | 'held-back-third';

const wordsOfGroup = { first: 'held-back', second: 'held-back-second', third: 'held-back-third' } as const;

/** Whose words somebody uses for what everybody says. */
export const wordsOf = ({ words, 'held-back': group }: Pick<Task, 'words' | 'held-back'>): Words =>
  group === undefined ? words : wordsOfGroup[group];

/** What people say, by language, by what they mean, by who says it. @throws Error when a table is not of that form */
export async function loadPhrases(): Promise<Phrases> {
  const read = async (file: string) => pools.parse(parse(await readFile(join(import.meta.dirname, `phrases/${file}.yaml`), 'utf8')));
  return {
    open: { en: await read('en'), zh: await read('zh') },
    stranger: { en: await read('stranger/en'), zh: await read('stranger/zh') },
    visitor: { en: await read('visitor/en'), zh: await read('visitor/zh') },
    neighbour: { en: await read('neighbour/en'), zh: await read('neighbour/zh') },
    'held-back': { en: await read('held-back/en'), zh: await read('held-back/zh') },
    'held-back-second': { en: await read('held-back-second/en'), zh: await read('held-back-second/zh') },
    'held-back-third': { en: await read('held-back-third/en'), zh: await read('held-back-third/zh') },
  };
}

export const localeOf = ({ language }: Pick<Task, 'language'>): 'en' | 'zh' => (language === 'en' ? 'en' : 'zh');

/** How often somebody uses the words of their mood or manner, where there are any. */
const inCharacter = 0.7;
/** How often a mood shows before what is said, and how often somebody who rambles does. */
const aside = { mood: 0.3, rambling: 0.6 };
/** Said as an answer to something; nobody tells a story before a yes. */
const short = new Set(['yes', 'no', 'unsure', 'consent', 'deny', 'done', 'do-it', 'accept-person', 'thanks', 'wait', 'ask-why', 'refuse']);

/**
 * Puts what a person means into their words. Nobody says the same sentence twice in a row while there is another.
 * @returns what they say for `meaning`, a key of the task's own words or of the tables
 */
export function createSpeaker(task: Task, phrases: Phrases, random: Random): (meaning: string) => string {
  const table = phrases[wordsOf(task)][localeOf(task)];
  const said = new Map<string, Set<string>>();

  const fresh = (meaning: string, all: readonly string[]): string => {
    const used = said.get(meaning) ?? new Set();
    const left = all.filter((one) => !used.has(one));
    const chosen = random.pick(left.length > 0 ? left : all);
    said.set(meaning, used.add(chosen));
    return chosen;
  };
  const poolOf = (meaning: string): readonly string[] => {
    const own = task.says[meaning];
    if (own) return own;
    const words = table[meaning];
    if (!words) throw new Error(`${task.id}: nobody knows how to say "${meaning}"`);
    const mine = [task.language === 'mixed' ? 'mixed' : '', task.manner, task.mood, task.family].flatMap((who) => words[who] ?? []);
    return mine.length > 0 && random.chance(inCharacter) ? mine : (words.plain ?? mine);
  };
  const around = (meaning: string, text: string): string => {
    if (short.has(meaning)) return text;
    const gap = localeOf(task) === 'zh' ? '' : ' ';
    const mood = table[task.mood]?.before;
    const before = mood && random.chance(aside.mood) ? `${random.pick(mood)}${gap}${text}` : text;
    if (task.manner !== 'rambling' || !random.chance(aside.rambling)) return before;
    const { before: openings = [], after = [] } = table.rambling ?? {};
    return random.chance(0.5) ? `${random.pick(openings)}${gap}${before}` : `${before.replace(/[.。]$/, '')}${random.pick(after)}`;
  };

  return (meaning) => {
    const text = around(meaning, fresh(meaning, poolOf(meaning)));
    return task.manner === 'typos' ? mistype(text, random) : text;
  };
}
