/** What people do in the middle of things, that no agent asked for. Each is done once. */
export const quirks = [
  'asks-why',
  'asks-safe',
  'wanders',
  'leaves',
  'refuses',
  'calls-off',
  'danger',
  'breaks',
  'jammed',
  'no-tool',
  'asks-where',
] as const;
export type Quirk = (typeof quirks)[number];
/** When it may happen: they were asked something, are shown the first step or a later one, or were told that a person comes. */
type Moment = 'question' | 'first-step' | 'step' | 'called';

const away = 2 * 3_600_000;
const moments: Record<Quirk, { at: readonly Moment[]; means: string; waits?: number }> = {
  'asks-why': { at: ['question'], means: 'ask-why' },
  'asks-safe': { at: ['question'], means: 'safe' },
  /** Of another thing in the house, of the weather: the task's own words. */
  wanders: { at: ['question', 'step'], means: 'wander' },
  leaves: { at: ['step'], means: 'back', waits: away },
  refuses: { at: ['step'], means: 'refuse' },
  'calls-off': { at: ['called'], means: 'call-off' },
  /** Something dangerous, something broken by their own hands, a part that will not move: the task's own words. */
  danger: { at: ['first-step', 'step'], means: 'danger' },
  breaks: { at: ['first-step', 'step'], means: 'broke' },
  jammed: { at: ['first-step', 'step'], means: 'jammed' },
  'no-tool': { at: ['first-step', 'step'], means: 'no-tool' },
  'asks-where': { at: ['first-step', 'step'], means: 'where' },
};

/** @returns what of it they do now, and after how many ms; nothing where none of it is left for this moment */
export function createQuirks(of: readonly Quirk[]): (at: Moment) => { means: string; waits?: number } | undefined {
  const left = new Set(of);
  return (at) => {
    const next = [...left].find((one) => moments[one].at.includes(at));
    if (next === undefined) return undefined;
    left.delete(next);
    const { means, waits } = moments[next];
    return waits === undefined ? { means } : { means, waits };
  };
}
