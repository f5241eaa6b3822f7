import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FleetEdge } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import { EdgeCard } from './edge-card.tsx';
import css from './fleet.module.css';

const atOnce = 30;

/** The edges, so many at a time: a page of five hundred takes seconds to draw and nobody reads it. */
export function EdgeList({ edges }: { edges: FleetEdge[] }) {
  const { w } = useWords();
  const [most, setMost] = useState(atOnce);
  const left = edges.length - most;
  if (edges.length === 0) return null;
  return (
    <>
      <div className={css.edges}>
        {edges.slice(0, most).map((edge) => (
          <EdgeCard key={edge.id} edge={edge} />
        ))}
      </div>
      {left > 0 && (
        <Button className={css.more as string} variant="default" onClick={() => setMost(most + atOnce)}>
          {w.fleet.more(Math.min(left, atOnce), left)}
        </Button>
      )}
    </>
  );
}
