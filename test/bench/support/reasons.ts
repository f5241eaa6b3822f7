import type { Scored } from './score.ts';

/** What failed, by kind: nothing in it tells of which machine or in which words. */
const kinds: readonly [RegExp, string][] = [
  [/ was not named$/, 'the cause was not named'],
  [/^the edge had not found /, 'the cause was not found'],
  [/ never reached the machine$/, 'the command never reached the machine'],
  [/ reached the machine$/, 'the command reached the machine'],
  [/^the machine was told to /, 'the machine was told to do something'],
  [/^a fault was claimed/, 'a fault was claimed'],
  [/^mended, but .* still shown$/, 'mended, but a fault is still shown'],
  [/^".*" was not said$/, 'something was not said'],
  [/ was not answered$/, 'a question was not answered with what it asks for'],
  [/^handed over only after/, 'handed over late'],
  [/ is .*, not /, 'the machine shows something else'],
];
const kindOf = (end: string): string => kinds.find(([looks]) => looks.test(end))?.[1] ?? end;

/** How often each kind of failure was met, most frequent first; a conversation may have more than one. */
export function reasonsOf(scored: readonly Scored[]): { why: string; times: number }[] {
  const all = scored.flatMap(({ end, broken }) => [...(end ? [kindOf(end)] : []), ...broken.map(({ rule }) => `rule "${rule}"`)]);
  return [...Map.groupBy(all, (why) => why)].map(([why, same]) => ({ why, times: same.length })).sort((a, b) => b.times - a.times);
}
