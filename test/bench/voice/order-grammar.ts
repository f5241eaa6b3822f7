import { parse } from 'yaml';
import { compileGrammar } from '../../../edge/agent/src/dialogue/grammar/compile-grammar.ts';
import { createGrammar } from '../../../edge/agent/src/dialogue/grammar/grammar.ts';
import { type SpokenPack, sitePhrases } from '../../../edge/agent/src/voice/site-phrases.ts';

type Orders = { context: { expressions: Record<string, string[]>; slots: Record<string, string[]> } };
export type Order = { intent: string; slots: Record<string, string> };

/** The commands of the speech-to-intent benchmark (`[a, b]` is one of them, `$list:slot` a slot) as the phrases of a pack, which write the same in other signs. */
export function orderPack(text: string): SpokenPack {
  const { context } = parse(text) as Orders;
  const template = (sentence: string) =>
    sentence.replace(/\[([^\]]*)\]/g, (_, words: string) => `(${words.split(/\s*,\s*/).join('|')})`).replace(/\$(\w+):(\w+)/g, '{$1:$2}');
  const lists = Object.fromEntries(
    Object.entries(context.slots).map(([name, words]) => [name, words.map((word) => ({ in: word, out: word }))]),
  );
  const intents = Object.fromEntries(
    Object.entries(context.expressions).map(([intent, sentences]) => [intent, [{ sentences: sentences.map(template), slots: {} }]]),
  );
  const nothing = { signals: {}, actions: {} };
  return {
    family: 'orders',
    phrases: { en: { language: 'en', rules: {}, lists, intents, cues: {} } },
    thing: nothing,
    observations: {},
    faults: {},
    dtcs: {},
  };
}

/** The same as a grammar in JSGF (Java Speech Grammar Format 1.0, Sun 1998), in small letters, as PocketSphinx's dictionary writes words. */
export function orderJsgf(text: string): string {
  const { context } = parse(text) as Orders;
  const sentence = (written: string) =>
    written.replace(/\[([^\]]*)\]/g, (_, words: string) => `(${words.split(/\s*,\s*/).join(' | ')})`).replace(/\$(\w+):\w+/g, '<$1>');
  const rules = Object.entries(context.slots).map(([name, words]) => `<${name}> = ${words.join(' | ').toLowerCase()};`);
  const orders = Object.values(context.expressions).flat().map(sentence).join(' | ');
  return `#JSGF V1.0;\ngrammar orders;\npublic <order> = ${orders.replace(/(?<!<\w*)\b[A-Z]/g, (letter) => letter.toLowerCase())};\n${rules.join('\n')}\n`;
}

/** What the agent's own grammar makes of a transcript when it has these commands for a pack, and what it tells the recognizer of them. */
export function orderGrammar(text: string) {
  const pack = orderPack(text);
  const grammar = createGrammar(compileGrammar([pack as unknown as Parameters<typeof compileGrammar>[0][number]]));
  return {
    phrases: sitePhrases(pack, undefined, 'en'),
    understand(heard: string): Order | undefined {
      const match = grammar.match(heard, 'en', 'orders');
      return match.kind === 'match' ? { intent: match.intent, slots: match.slots } : undefined;
    },
  };
}

/** The intent and every slot right; the set writes some words with a blank before them. */
export function isSame(meant: Order, heard: Order | undefined): boolean {
  if (heard?.intent !== meant.intent) return false;
  const names = new Set([...Object.keys(meant.slots), ...Object.keys(heard.slots)]);
  return [...names].every((name) => meant.slots[name]?.trim() === heard.slots[name]?.trim());
}
