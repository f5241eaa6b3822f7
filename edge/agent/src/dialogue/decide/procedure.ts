import type { FaultReport } from '@wayside/contract';
import type { Pack, Procedure } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { RepairsView } from '../../api/types.ts';
import { localizedTitle } from '../../packs/title.ts';
import type { Progress } from '../../repair/progress.ts';
import type { GuidedStep } from '../respond-types.ts';

export type StepOutcome = 'done' | 'skipped' | 'failed';

/** The way back is remembered so far; nobody walks farther in a circle. */
const longestPath = 100;

/** The place of a step; the first when a newer pack no longer has it. */
export const placeOf = (procedure: Procedure, step: string): number =>
  Math.max(
    0,
    procedure.steps.findIndex(({ id }) => id === step),
  );

/** Does a step put a question? Then yes and no are its answers, and a no is no failure. */
export const asks = ({ text }: Pick<Procedure['steps'][number], 'text'>): boolean => /[?？]/.test(text.en);

/** Begins a procedure, for a fault where it is to mend one. Times are epoch ms. */
export function beginProcedure(
  id: string,
  procedure: Procedure,
  {
    thing,
    person = '',
    fault,
    now,
  }: { thing: string; person?: string | undefined; fault?: Pick<FaultReport, 'fault' | 'evidence'> | undefined; now: number },
): Progress {
  const at = Math.floor(now);
  const showed = fault?.evidence.filter((one) => one.kind === 'symptom' && one.for).map(({ ref }) => ref) ?? [];
  return {
    thing,
    person,
    procedure: id,
    ...(fault ? { fault: fault.fault } : {}),
    showed,
    step: procedure.steps[0]!.id,
    path: [],
    done: false,
    startedAt: at,
    changedAt: at,
  };
}

/** Where an outcome leads from the step one is at: by the step's own `on`, else on to the next, which may help where this one did not. */
export function afterStep(procedure: Procedure, progress: Progress, outcome: StepOutcome, now: number): Progress | 'end' | 'person' {
  const place = placeOf(procedure, progress.step);
  const step = procedure.steps[place]!;
  const to = step.on[outcome] ?? procedure.steps[place + 1]?.id ?? 'end';
  if (to === 'end' || to === 'person') return to;
  return {
    ...progress,
    step: to,
    path: [...progress.path, step.id].slice(-longestPath),
    done: progress.done || outcome === 'done',
    changedAt: Math.floor(now),
  };
}

/** One step back on the way that was taken; where one is, at the beginning of it. */
export function backStep(progress: Progress, now: number): Progress {
  const before = progress.path.at(-1);
  return before === undefined ? progress : { ...progress, step: before, path: progress.path.slice(0, -1), changedAt: Math.floor(now) };
}

/** A step as it is shown and said. */
export function guide(
  pack: Pack,
  progress: Pick<Progress, 'procedure' | 'step' | 'path'>,
  locale: Locale,
  rate?: GuidedStep['rate'],
): GuidedStep | undefined {
  const procedure = pack.procedures[progress.procedure];
  if (!procedure) return undefined;
  const place = placeOf(procedure, progress.step);
  const { text, safety, id, picture, action, on } = procedure.steps[place]!;
  const offered = action && pack.thing.actions[action.name];
  const first = progress.path.length === 0;
  const leads = Object.entries(on).filter(([, to]) => to === 'end' || to === 'person');
  if (place === procedure.steps.length - 1)
    for (const outcome of ['done', 'skipped'] as const) if (!on[outcome]) leads.push([outcome, 'end']);
  return {
    procedure: progress.procedure,
    title: procedure.title[locale],
    step: id,
    number: place + 1,
    of: procedure.steps.length,
    text: text[locale],
    ...(safety ? { safety: safety[locale] } : {}),
    ...(first && procedure.tools.length > 0 ? { tools: procedure.tools.map((tool) => tool[locale]) } : {}),
    ...(first && procedure.minutes ? { minutes: procedure.minutes } : {}),
    ...(first && rate ? { rate } : {}),
    ...(picture ? { picture: { url: `v1/pictures/${pack.family}/${picture.file}`, alt: picture.alt[locale] } } : {}),
    ...(action && offered && offered.risk !== 'R3'
      ? {
          action: {
            name: action.name,
            title: localizedTitle(offered.title, action.name)[locale],
            ...(offered.effect ? { effect: offered.effect[locale] } : {}),
            risk: offered.risk,
          },
        }
      : {}),
    leads: Object.fromEntries(leads) as GuidedStep['leads'],
    canGoBack: !first,
    ...(asks(procedure.steps[place]!) ? { asks: true } : {}),
  };
}

/** Where somebody is, for a list; null when nobody is in the middle of anything. */
export function whereIn(pack: Pack | undefined, progress: Progress | undefined): RepairsView['progress'] {
  const procedure = progress && pack?.procedures[progress.procedure];
  if (!procedure || !progress) return null;
  const { procedure: id, step, changedAt } = progress;
  return { procedure: id, title: procedure.title, number: placeOf(procedure, step) + 1, of: procedure.steps.length, changedAt };
}
