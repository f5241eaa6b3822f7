import type { Answer } from '../api/types.ts';
import { type PanelLocale, words } from './words.ts';

type Tap = { label: string; say: string };

/** What an answer may be answered with by a tap: the options of its question, or the ways on from its step or its proposal. */
export function tapsOf({ question, choices = [], step, command }: Answer, locale: PanelLocale): Tap[] {
  const { taps } = words[locale];
  if (command?.state === 'proposed') return [taps.doIt, taps.leaveIt];
  const stepped = step === undefined ? [] : [...(step.asks && !step.action ? [taps.yes, taps.no] : [taps.done, taps.failed]), taps.stop];
  return [...(question?.options ?? []), ...choices, ...stepped];
}
