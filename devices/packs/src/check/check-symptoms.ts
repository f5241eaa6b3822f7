import type { Report } from '../files.ts';
import type { Detector } from '../schema/detector.ts';
import { namedSignals, ofNumbers } from '../schema/detector.ts';
import { edgeSignals, finds } from '../schema/selector.ts';
import type { Parts, Refer } from './references.ts';

/** Reports detectors that look at a signal that is not there, at one of the wrong type, or that could never fire. */
export function checkSymptoms({ symptoms, thing }: Parts, report: Report, refer: Refer): void {
  const file = 'symptoms.yaml';
  const signals: Record<string, { type: string }> | undefined = thing && { ...thing.signals, ...edgeSignals };
  const mustBeNumber = (at: string, name: string) => {
    const type = signals?.[name]?.type;
    if (type && type !== 'number') report(file, at, `needs a number and "${name}" is a ${type}: use a state detector or another signal`);
  };
  for (const [id, { detect }] of Object.entries(symptoms ?? {})) {
    const at = `symptoms.${id}.detect`;
    if (neverFires(detect)) report(file, at, `can never fire: give it ${detect.kind === 'noisy' ? 'above or times' : 'above or below'}`);
    for (const [place, name] of namedSignals(detect)) {
      refer(file, `${at}.${place}`, 'signal', name, signals, 'thing.yaml');
      if (ofNumbers.has(detect.kind) && !place.startsWith('while')) mustBeNumber(`${at}.${place}`, name);
    }
    if ('signal' in detect && typeof detect.signal === 'object') {
      const { signal } = detect;
      const found = Object.values(thing?.signals ?? {}).filter((one) => finds(signal, one));
      if (thing && found.length === 0)
        report(file, `${at}.signal`, 'finds no signal of thing.yaml: add one it finds, so that a scenario can show it, or correct it');
      if (detect.kind === 'shift' && detect.minus && found.length < 3)
        report(file, `${at}.minus`, 'needs at least three signals that the selector finds: one of two cannot be told from the other');
    } else if (detect.kind === 'shift' && detect.minus)
      report(file, `${at}.minus`, 'needs a selector for signal: siblings are what it finds');
    if (detect.kind === 'together' && new Set([detect.signal, ...detect.with]).size <= detect.with.length)
      report(file, `${at}.with`, 'names a signal twice: take one away');
    if (detect.kind === 'state' && typeof detect.signal === 'string') {
      const states = thing?.signals[detect.signal]?.states;
      for (const state of detect.states)
        if (states && !states.includes(state as string))
          report(file, `${at}.states`, `"${state}" is no state of "${detect.signal}": add it in thing.yaml or correct it`);
    }
    if ('while' in detect)
      for (const [i, condition] of detect.while.entries())
        if (condition.above !== undefined || condition.below !== undefined) mustBeNumber(`${at}.while.${i}`, condition.signal);
  }
}

function neverFires(detect: Detector): boolean {
  if (detect.kind === 'noisy') return detect.above === undefined && detect.times === undefined;
  if (detect.kind !== 'limit' && detect.kind !== 'rate' && detect.kind !== 'difference') return false;
  return detect.above === undefined && detect.below === undefined;
}
