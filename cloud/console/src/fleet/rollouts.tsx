import { Button } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useState } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { FleetEdge } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useMay } from '../sign-in/may.ts';
import { useWords } from '../words/use-words.tsx';
import css from './fleet.module.css';
import { RolloutCard } from './rollout-card.tsx';
import { RolloutDialog } from './rollout-dialog.tsx';

/** What is brought to the edges, ring by ring, and how they are with it. */
export function Rollouts({ edges }: { edges: FleetEdge[] }) {
  const { w } = useWords();
  const mayRun = useMay('rollout:run');
  const [writing, setWriting] = useState(false);
  const { data, error, reload, set } = useLoaded('rollouts', hub.rollouts, ({ event }) => event === 'rollout' || event === 'fleet');
  return (
    <section className={css.issues} aria-labelledby="rollouts-title">
      <header className={css.edgeHead}>
        <h2 id="rollouts-title">{w.rollouts.title}</h2>
        {mayRun && (
          <Button size="xs" variant="default" leftSection={<IconRocket size={15} aria-hidden />} onClick={() => setWriting(true)}>
            {w.rollouts.new}
          </Button>
        )}
      </header>
      <Trouble error={error} onRetry={reload} />
      {data?.rollouts.length === 0 && <p className={css.quiet}>{w.rollouts.none}</p>}
      {data?.rollouts.map((rollout, n) => (
        <RolloutCard key={rollout.id} rollout={rollout} newest={n === 0} onChanged={set} />
      ))}
      {writing && (
        <RolloutDialog
          edges={edges}
          onClose={() => setWriting(false)}
          onBegun={(list) => {
            set(list);
            setWriting(false);
          }}
        />
      )}
    </section>
  );
}
