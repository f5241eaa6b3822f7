import { MultiSelect } from '@mantine/core';
import { useState } from 'react';
import type { FleetEdge } from '../api/types.ts';
import { sayEdge } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { findEdges } from './find-edges.ts';

/** A list of thousands takes seconds to draw: these are shown, the others are found. */
const mostShown = 50;
/** As the hub takes. */
const mostFirst = 100;

/** Who gets a rollout first: edges found by their name or machines, those that are online before the others. */
export function FirstEdges({ edges, value, onChange }: { edges: FleetEdge[]; value: string[]; onChange: (value: string[]) => void }) {
  const { w } = useWords();
  const [words, setWords] = useState('');
  const found = findEdges(edges, words, false);
  const shown = [...found].sort((a, b) => Number(b.online) - Number(a.online)).slice(0, mostShown);
  // A field shows what is chosen by its label, also while something else is looked for.
  const ids = new Set([...shown.map(({ id }) => id), ...value]);
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  const away = value.filter((id) => byId.get(id)?.online === false);
  const label = (id: string) => (byId.get(id)?.online === false ? `${sayEdge(id)} · ${w.rollouts.offline}` : sayEdge(id));
  const more = found.length > shown.length ? ` ${w.rollouts.findFirst(shown.length, found.length)}` : '';
  return (
    <>
      <MultiSelect
        label={w.rollouts.first}
        description={w.rollouts.firstHint + more}
        data={[...ids].map((id) => ({ value: id, label: label(id) }))}
        value={value}
        onChange={onChange}
        searchable
        searchValue={words}
        onSearchChange={setWords}
        // Found above already, by more than the label.
        filter={({ options }) => options.filter((one) => 'value' in one && shown.some(({ id }) => id === one.value))}
        nothingFoundMessage={w.fleet.noSuch}
        maxValues={mostFirst}
        required
      />
      {away.length > 0 && (
        <p role="status" style={{ margin: 0 }}>
          {w.rollouts.offlineFirst(away.map(sayEdge).join(w.shell.comma))}
        </p>
      )}
    </>
  );
}
