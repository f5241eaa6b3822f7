import { UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconMapPin } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { HistoryPiece, PastSession, Transcript } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { usePanel, useSite } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './people.module.css';

function useFetched<T>(path: string): T | 'failed' | undefined {
  const { edge } = usePanel();
  const [found, setFound] = useState<T | 'failed'>();
  useEffect(() => {
    let gone = false;
    void edge.get<T>(path).then((reply) => {
      if (!gone) setFound(reply.kind === 'ok' ? reply.body : 'failed');
    });
    return () => {
      gone = true;
    };
  }, [edge, path]);
  return found;
}

/** My conversations, here and at my other places as far as they have come, newest first. */
export function PastDetail() {
  const { words, time } = useWords();
  const { things } = useSite();
  const { open } = useDetails();
  const found = useFetched<{ sessions: PastSession[] }>('v1/people/me/sessions');
  if (found === undefined) return <p>{words.loading}</p>;
  if (found === 'failed') return <p>{words.couldNotLoad}</p>;
  const said = found.sessions.filter(({ opening }) => opening !== '');
  if (said.length === 0) return <p>{words.people.noPast}</p>;
  return (
    <ul className={styles.rows}>
      {said.map((one) => (
        <li key={one.session}>
          <UnstyledButton
            className={styles.row}
            data-card
            onClick={() => open({ kind: 'past-session', session: one.session, elsewhere: one.elsewhere !== undefined })}
          >
            {one.elsewhere && <IconMapPin size={28} aria-hidden />}
            <span className={styles.grow}>
              <b className={styles.opening}>{one.opening}</b>
              <span className={styles.small}>
                {[
                  one.elsewhere
                    ? words.people.elsewhere(one.elsewhere.about ?? '')
                    : (things?.find(({ id }) => id === one.thing)?.title ?? one.thing),
                  time(one.lastAt),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <IconChevronRight size={24} aria-hidden />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

/** One of them, to be read. */
export function PastSessionDetail({ session, elsewhere }: { session: string; elsewhere: boolean }) {
  const { words, time } = useWords();
  const found = useFetched<HistoryPiece | Transcript>(
    elsewhere ? `v1/people/me/sessions/${encodeURIComponent(session)}` : `v1/sessions/${encodeURIComponent(session)}`,
  );
  if (found === undefined) return <p>{words.loading}</p>;
  if (found === 'failed') return <p>{words.couldNotLoad}</p>;
  const names = { operator: words.you, agent: words.agent, technician: words.technician, system: '' };
  return (
    <>
      {'about' in found && <p className={styles.note}>{words.people.elsewhere(found.about ?? '')}</p>}
      <ol className={styles.lines}>
        {found.turns.map((turn) => (
          <li key={turn.id} data-by={turn.by}>
            <span className={styles.small}>{[turn.name ?? names[turn.by], time(turn.at)].filter(Boolean).join(' · ')}</span>
            <p>{turn.text}</p>
          </li>
        ))}
      </ol>
    </>
  );
}
