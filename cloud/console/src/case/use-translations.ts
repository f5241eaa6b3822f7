import { useRef, useState } from 'react';
import { hub } from '../api/hub.ts';
import type { CaseTurn, Locale, Translation } from '../api/types.ts';

export type Translations = {
  of(turn: CaseTurn): Translation | 'working' | undefined;
  /** Is it in another language than the one who reads? */
  wanted(turn: CaseTurn): boolean;
  translate(turn: CaseTurn): void;
  retry(turn: CaseTurn): void;
};

/** The language a text is mostly in, as the hub sees it. */
const isHan = (text: string) => (text.match(/\p{Script=Han}/gu)?.length ?? 0) > (text.match(/\p{Script=Latin}{2,}/gu)?.length ?? 0);
export const localeOf = (text: string): Locale => (isHan(text) ? 'zh' : 'en');

/** What was said in the conversation in the reader's language, as far as they asked for it: one after the other, each once. */
export function useTranslations(caseId: string, locale: Locale): Translations {
  const [said, setSaid] = useState<Record<string, Translation | 'working'>>({});
  const line = useRef<Promise<void>>(Promise.resolve());
  const key = (turn: CaseTurn) => `${locale} ${turn.id}`;
  const ask = (turn: CaseTurn) => {
    setSaid((now) => ({ ...now, [key(turn)]: 'working' }));
    line.current = line.current.then(async () => {
      const got = await hub.translate(caseId, turn.text, locale).catch((): Translation => ({ state: 'failed' }));
      setSaid((now) => ({ ...now, [key(turn)]: got }));
    });
  };
  return {
    of: (turn) => said[key(turn)],
    wanted: (turn) => turn.by !== 'system' && /\p{L}/u.test(turn.text) && localeOf(turn.text) !== locale,
    translate: (turn) => {
      if (said[key(turn)] === undefined) ask(turn);
    },
    retry: ask,
  };
}
