import type { Answer } from '../api/types.ts';

const counted = /(Step \d+ of \d+:|第\s?\d+\s?步，共\s?\d+\s?步：)/;

/**
 * What is left of an answer's text when its question and its step stand in cards of their own below it. Said aloud the text must hold
 * everything; on the screen nothing is said twice.
 */
export function besides(text: string, { step, question }: Pick<Answer, 'step' | 'question'>): string {
  const shown = [question?.text, step?.text, step?.safety].filter((part) => part !== undefined);
  const left = shown.reduce((rest, part) => rest.replace(part, ''), text);
  return (step ? left.replace(counted, '') : left).replace(/ {2,}/g, ' ').trim();
}
