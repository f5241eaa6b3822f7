import { Button } from '@mantine/core';
import { IconRocketOff } from '@tabler/icons-react';
import { useState } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import { useNow } from '../shell/clock.ts';
import css from '../shell/frame.module.css';
import { hashOf } from '../shell/route.ts';
import { sayEdge } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { useRolloutName } from './rollout-name.ts';
import { keepSeen, seenRollouts, stoppedItself } from './stopped-rollouts.ts';

/** On every page of who may roll out: that a rollout stopped itself, and why, until it is put away or tried anew. */
export function StoppedBanner() {
  const { w } = useWords();
  const name = useRolloutName();
  const now = useNow();
  const [seen, setSeen] = useState(seenRollouts);
  const { data } = useLoaded('rollouts', hub.rollouts, ({ event }) => event === 'rollout');
  const stopped = stoppedItself(data?.rollouts ?? [], seen, now);
  const why = stopped?.why;
  const dismiss = (id: string) => {
    const next = [...seen, id];
    setSeen(next);
    keepSeen(next);
  };
  return (
    <div role="status">
      {stopped && (
        <div className={css.banner}>
          <IconRocketOff size={18} aria-hidden />
          <span>
            {w.rollouts.stoppedItself(name(stopped.what))}{' '}
            {why && w.rollouts.why({ ...why, ...(why.edge ? { edge: sayEdge(why.edge) } : {}) })}
          </span>
          <Button variant="default" component="a" href={hashOf({ page: 'fleet' })}>
            {w.rollouts.look}
          </Button>
          <Button variant="default" onClick={() => dismiss(stopped.id)}>
            {w.rollouts.dismiss}
          </Button>
        </div>
      )}
    </div>
  );
}
