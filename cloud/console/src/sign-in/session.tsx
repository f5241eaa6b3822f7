import { useCallback, useEffect, useState } from 'react';
import { keepPush, turnPushOff } from '../account/push-browser.ts';
import { whenSignedOut } from '../api/call.ts';
import { hub } from '../api/hub.ts';
import { refetchAll, startLive, stopLive } from '../api/live.ts';
import { forget } from '../api/loaded.ts';
import { HubError } from '../api/problem.ts';
import type { Myself } from '../api/types.ts';
import { dropKept, keepFor } from '../shell/kept.ts';
import { useWords } from '../words/use-words.tsx';
import { tellSignedIn } from './elsewhere.ts';

/** Why the sign-in page is shown, when there is something to say about it. */
export type Why = 'company-failed' | 'company-refused' | 'once-failed' | 'unreachable' | undefined;

export type Session =
  | { state: 'checking' }
  | { state: 'out'; why: Why; enter: () => Promise<void>; checkAgain: () => void }
  /** `expired`: the hub lets them in no more; what is on screen, and what they were writing, waits until they are. */
  | { state: 'in'; me: Myself; expired: boolean; enter: () => Promise<void>; signOut: () => void };

type Standing = { state: 'checking' } | { state: 'out'; why: Why } | { state: 'in'; me: Myself; expired: boolean };

/**
 * Who is signed in.
 * @param once the token of a one-time link, when the page was opened by one; it is spent and taken out of the address at once
 * @param company the problem with which somebody came back from their company's sign-in, if one did
 */
export function useSession(once: string | undefined, company?: string): Session {
  const { locale } = useWords();
  const [standing, setStanding] = useState<Standing>({ state: 'checking' });

  const check = useCallback(
    async (token: string | undefined) => {
      setStanding({ state: 'checking' });
      let why: Why = company === undefined ? undefined : company === 'forbidden' ? 'company-refused' : 'company-failed';
      if (token !== undefined) {
        try {
          await spend(token);
        } catch (error) {
          why = error instanceof HubError && error.code === 'unreachable' ? 'unreachable' : 'once-failed';
        }
      }
      try {
        setStanding(await whoIsIn());
      } catch (error) {
        setStanding({ state: 'out', why: error instanceof HubError && error.status === 401 ? why : 'unreachable' });
      }
    },
    [company],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new one-time token asks anew
  useEffect(() => {
    whenSignedOut(() => setStanding((before) => (before.state === 'in' ? { ...before, expired: true } : before)));
    if (once !== undefined || standing.state === 'checking') void check(once);
  }, [once]);

  // Until more than a password is set up there is no news for them.
  const signedIn = standing.state === 'in' && !standing.me.restricted && !standing.expired;
  useEffect(() => {
    if (!signedIn) return;
    startLive();
    return stopLive;
  }, [signedIn]);
  useEffect(() => {
    if (signedIn) void keepPush(locale).catch(() => {});
  }, [signedIn, locale]);

  if (standing.state === 'checking') return standing;
  // By now the hub knows who it is.
  const enter = async () => {
    setStanding(await whoIsIn());
    refetchAll();
  };
  if (standing.state === 'in')
    return { ...standing, enter, signOut: () => void signOut(() => setStanding({ state: 'out', why: undefined })) };
  return {
    ...standing,
    enter,
    checkAgain: () => void check(undefined),
  };
}

/** Whom the hub knows now. Of whoever was here before them nothing is left. */
async function whoIsIn(): Promise<Standing> {
  const me = await hub.me();
  if (keepFor(me.id)) forget();
  tellSignedIn();
  return { state: 'in', me, expired: false };
}

/** Strict mode and a re-render may ask twice; a token is good for one request, so the second waits for the first. */
const spending = new Map<string, Promise<unknown>>();

function spend(token: string): Promise<unknown> {
  const underWay = spending.get(token) ?? hub.signInOnce(token);
  spending.set(token, underWay);
  history.replaceState(null, '', '#/queue');
  return underWay;
}

async function signOut(done: () => void): Promise<void> {
  // Whoever uses this browser next is not told of what was theirs.
  await turnPushOff().catch(() => {});
  await hub.signOut().catch(() => {});
  forget();
  dropKept();
  done();
}
