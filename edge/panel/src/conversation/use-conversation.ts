import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { usePanel } from '../panel.tsx';
import { keptBy } from '../people/kept-by.ts';
import { usePeople } from '../people/use-people.ts';
import { useWords } from '../words/words.tsx';
import { Conversation } from './conversation.ts';

/** `crypto.randomUUID` is only there in secure contexts; a kiosk reaches its edge by plain HTTP on the local network. */
export function newTurnId(): string {
  return `t_${[...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The conversation about a thing, running while it is on the screen. */
export function useConversation(thing: string) {
  const { edge, reach } = usePanel();
  const { me } = usePeople();
  const person = me?.person;
  const { locale } = useWords();
  const chosen = useRef(locale);
  const conversation = useMemo(
    () =>
      new Conversation({
        edge,
        store: keptBy(person, localStorage),
        thing,
        resumes: person !== undefined,
        locale: () => chosen.current,
        now: Date.now,
        newId: newTurnId,
      }),
    [edge, thing, person],
  );

  useEffect(() => {
    conversation.start();
    const stopWatching = reach.subscribe(() => {
      if (reach.snapshot().edge === 'reached') conversation.hurry();
    });
    return () => {
      stopWatching();
      conversation.stop();
    };
  }, [conversation, reach]);

  useEffect(() => {
    if (chosen.current === locale) return;
    chosen.current = locale;
    conversation.languageChanged();
  }, [conversation, locale]);

  return { conversation, view: useSyncExternalStore(conversation.subscribe, conversation.snapshot) };
}
