import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useReach } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import { usePeople } from './use-people.ts';

const askEveryMs = 60_000;

/** Makes the screen speak and look as whoever it speaks for likes it; and asks who that is, at first and whenever the edge is back. */
export function Likes() {
  const { household, me } = usePeople();
  const { edge } = useReach();
  const { speakAs } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (edge === 'lost') return;
    void household.refresh();
    // A guest's visit ends by itself, and a shared screen forgets who it was.
    const timer = setInterval(() => void household.refresh(), askEveryMs);
    return () => clearInterval(timer);
  }, [household, edge]);
  const liked = me?.name === undefined ? undefined : JSON.stringify(me.preferences);
  useEffect(() => {
    const { locale, units, theme } = (liked ? JSON.parse(liked) : {}) as Partial<NonNullable<typeof me>['preferences']>;
    speakAs({ locale, units: units ?? 'metric' });
    if (theme) setColorScheme(theme);
  }, [liked, speakAs, setColorScheme]);
  return null;
}
