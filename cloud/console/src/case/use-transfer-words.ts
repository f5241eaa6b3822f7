import type { Transfer } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';

/** How a case was given on, in sentences for whoever looks. */
export function useTransferWords(me: string) {
  const { w, pick } = useWords();
  const nameOf = (who: Transfer['to']) => (who === null || who.id === me ? undefined : who.name);
  return {
    given: ({ from, skill, language }: Transfer) =>
      w.handOn.given(nameOf(from), skill === null ? undefined : pick(skill.title), w.language[language]),
    ended: ({ to, outcome }: Transfer) => w.handOn.ended[outcome ?? 'taken'](nameOf(to)),
  };
}
