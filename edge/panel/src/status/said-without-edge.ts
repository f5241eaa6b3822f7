import type { Words } from '../words/en.ts';

/** All that the panel says while the edge does not answer. */
export function saidWithoutEdge(words: Words): string {
  const {
    noAnswer,
    unreachable,
    unreachableKept,
    retrying,
    retryNow,
    retryIn,
    kept,
    notHeard,
    safety,
    handoff,
    presence,
    lastSeen,
    voice,
  } = words;
  const all = [noAnswer, unreachable, unreachableKept, retrying, retryNow, retryIn(''), kept, notHeard, safety.unknown];
  return [...all, ...Object.values(handoff), presence.unknown, lastSeen(''), voice.trouble.lost, words.couldNotLoad, words.tryAgain].join(
    '',
  );
}
