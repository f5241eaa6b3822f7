import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Conversation, ConversationView } from '../conversation/conversation.ts';
import { usePanel } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import { createLoudspeaker } from './loudspeaker.ts';
import { openMicrophone } from './microphone.ts';
import { Talk } from './talk.ts';

/** How this screen likes it; kept in the browser, since a kiosk in a loud hall and a phone differ whoever speaks. */
export type VoiceLikes = {
  /** What is said aloud. */
  speak: 'answers' | 'all' | 'nothing';
  /** Wait for the wake word whenever nobody talks. */
  wake: boolean;
  /** Let the browser's own voice speak where this machine has none for the language. */
  browser: boolean;
};
const usual: VoiceLikes = { speak: 'answers', wake: false, browser: false };

export type Voice = ReturnType<typeof useVoice>;

/** The conversation on the screen, by voice. */
export function useVoice(conversation: Conversation, { lines }: ConversationView) {
  const { edge } = usePanel();
  const { locale, speakAs } = useWords();
  const [likes, setLikes] = useLocalStorage<VoiceLikes>({ key: 'wayside.voice', defaultValue: usual, getInitialValueInEffect: false });
  // A conversation in another language is another one by voice: its ears and its mouth are others.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language decides what can be heard.
  const talk = useMemo(
    () =>
      new Talk({
        session: conversation.session,
        socket: (session) => new WebSocket(edge.url(`v1/sessions/${session}/voice`).replace(/^http/, 'ws')),
        microphone: openMicrophone,
        loudspeaker: createLoudspeaker(),
      }),
    [conversation, edge, locale],
  );
  const view = useSyncExternalStore(talk.subscribe, talk.snapshot);
  useEffect(() => () => talk.close(), [talk]);
  useEffect(() => talk.sayAloud(likes.speak), [talk, likes.speak]);
  useEffect(() => {
    if (likes.wake) void listenWhereAllowed(talk);
  }, [talk, likes.wake]);

  // Their language is another conversation by voice: this one is not cut off for it.
  const { known } = view;
  useEffect(() => {
    if (known && view.state === 'off') speakAs({ locale: known.locale, units: known.units });
  }, [known, view.state, speakAs]);

  const unspoken = lines.find(({ id }) => id === view.unspoken)?.text;
  useEffect(() => {
    if (!unspoken) return;
    talk.sayHere(likes.browser && likes.speak !== 'nothing' ? unspoken : '', locale);
  }, [talk, unspoken, likes.browser, likes.speak, locale]);

  return { talk, view, likes, like: (change: Partial<VoiceLikes>) => setLikes((now) => ({ ...usual, ...now, ...change })) };
}

/** A page that was never touched asks nobody for a microphone; where it was allowed before it may listen at once. */
async function listenWhereAllowed(talk: Talk): Promise<void> {
  const asked = await navigator.permissions?.query({ name: 'microphone' as PermissionName }).catch(() => undefined);
  if (asked?.state === 'granted' && talk.snapshot().state === 'off') await talk.listen('wake');
}
