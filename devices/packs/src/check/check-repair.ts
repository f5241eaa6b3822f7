import type { Report } from '../files.ts';
import { type Procedure, stepOutcomes } from '../schema/procedure.ts';
import { codesSignal } from '../schema/selector.ts';
import type { Parts, Refer } from './references.ts';

/** Reports actions whose interlock, read-back or way back names nothing. */
export function checkActions({ thing }: Parts, report: Report, refer: Refer): void {
  const file = 'thing.yaml';
  for (const [id, { interlocks = [], expect, undo, args }] of Object.entries(thing?.actions ?? {})) {
    const at = `actions.${id}`;
    const numeric = (where: string, signal: string) => {
      const type = thing?.signals[signal]?.type;
      if (type && type !== 'number') report(file, where, `needs a number and "${signal}" is a ${type}: use is`);
    };
    for (const [i, interlock] of interlocks.entries()) {
      refer(file, `${at}.interlocks.${i}`, 'signal', interlock.signal, thing?.signals, 'thing.yaml');
      if (interlock.above !== undefined || interlock.below !== undefined) numeric(`${at}.interlocks.${i}`, interlock.signal);
    }
    if (expect) {
      refer(file, `${at}.expect`, 'signal', expect.signal, thing && { ...thing.signals, ...codesSignal }, 'thing.yaml');
      if (expect.isArg !== undefined) refer(file, `${at}.expect.isArg`, 'argument', expect.isArg, args, `the action "${id}"`);
      if (expect.above !== undefined || expect.below !== undefined) numeric(`${at}.expect`, expect.signal);
    }
    if (undo) refer(file, `${at}.undo`, 'action', undo.name, thing?.actions, 'thing.yaml');
  }
}

/** Reports procedures that lead nowhere, show nothing, or offer what is never carried out. */
export function checkProcedures({ procedures, thing, symptoms, files }: Parts, report: Report, refer: Refer): void {
  const file = 'procedures.yaml';
  for (const [id, procedure] of Object.entries(procedures ?? {})) {
    checkPaths(procedure, `procedures.${id}`, (at, problem) => report(file, at, problem));
    for (const symptom of procedure.confirm.symptoms ?? [])
      refer(file, `procedures.${id}.confirm.symptoms`, 'symptom', symptom, symptoms, 'symptoms.yaml');
    for (const [i, { action: offered, picture }] of procedure.steps.entries()) {
      const at = `procedures.${id}.steps.${i}`;
      if (picture && !files.has(`pictures/${picture.file}`))
        report(file, `${at}.picture`, `shows pictures/${picture.file}, which is not there: draw it or take the line out`);
      if (!offered) continue;
      refer(file, `${at}.action`, 'action', offered.name, thing?.actions, 'thing.yaml');
      const action = thing?.actions[offered.name];
      // R3 is propulsion, brakes, steering, airbags: never carried out, so never offered either.
      if (action?.risk === 'R3')
        report(file, `${at}.action`, `offers "${offered.name}", which is R3 and never carried out: describe the step in words`);
      for (const arg of Object.keys(offered.args))
        refer(file, `${at}.action.args`, 'argument', arg, action?.args, `the action "${offered.name}"`);
    }
  }
}

const reserved = new Set(['end', 'person']);

function checkPaths({ steps }: Procedure, at: string, report: (at: string, problem: string) => void): void {
  const place = new Map<string, number>();
  for (const [i, { id }] of steps.entries()) {
    if (place.has(id)) report(`${at}.steps.${i}`, `is the second step called "${id}": give each its own id`);
    if (reserved.has(id)) report(`${at}.steps.${i}`, `is called "${id}", which means where a procedure leads: choose another id`);
    place.set(id, i);
  }
  const seen = new Set<number>();
  const waiting = [0];
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    const step = steps[i];
    if (!step || seen.has(i)) continue;
    seen.add(i);
    for (const outcome of stepOutcomes) {
      const to = step.on[outcome];
      if (to === undefined) waiting.push(i + 1);
      else if (place.has(to)) waiting.push(place.get(to)!);
      else if (!reserved.has(to)) report(`${at}.steps.${i}.on.${outcome}`, `leads to "${to}", which is no step here, nor end or person`);
    }
  }
  for (const [i, { id }] of steps.entries())
    if (!seen.has(i)) report(`${at}.steps.${i}`, `"${id}" is never reached: let an earlier step lead to it`);
}
