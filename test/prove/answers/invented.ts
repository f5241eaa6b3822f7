import { strangers } from '../../bench/understanding/answered.ts';
import { sentencesIn } from '../../bench/understanding/lies.ts';

/** Verbs that tell somebody to do something to a machine. */
const acts =
  /\b(add|adjust|bleed|change|charge|check|clean|clear|close|connect|cool|cut|disconnect|drain|drill|empty|fill|fit|flush|hold|inspect|install|isolate|lift|listen|loosen|lower|lubricate|measure|mount|open|place|pour|press|pull|pump|push|raise|remove|repair|replace|reset|restart|rinse|run|screw|seal|set|shut|start|stop|switch|tap|tighten|top|touch|turn|unplug|unscrew|wait|wash|wipe)\b/gi;

/**
 * What an answer says that none of its sources has: numbers, codes, and acts it tells somebody to do. A check of its own, which asks none of the
 * code that is judged.
 * @returns each as it was said; none for an answer that rests on its sources
 */
export function invented(text: string, sources: string): string[] {
  const known = sources.toLowerCase();
  const steps = sentencesIn(text).flatMap((sentence) => (sentence.match(acts) ?? []).filter((act) => !known.includes(act.toLowerCase())));
  return [...strangers(text, sources), ...steps];
}
