import { Button, FileButton, Group, NumberInput, Select, SimpleGrid, Text } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { FleetEdge, NewRollout, PackList, RolloutList } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { FirstEdges } from './first-edges.tsx';
import { readFolder } from './read-folder.ts';

type Props = { edges: FleetEdge[]; onClose: () => void; onBegun: (list: RolloutList) => void };

const noModel = 'none';
/** A list as long as the hub's 200 packs is looked through by typing. */
const mostChoices = 50;

/** What is brought to the edges, who gets it first, and when it is taken back by itself. */
export function RolloutDialog({ edges, onClose, onBegun }: Props) {
  const { w, pick } = useWords();
  const { data, error, reload } = useLoaded('packs', hub.packs);
  const [what, setWhat] = useState<string | null>(null);
  const [first, setFirst] = useState<string[]>(() =>
    edges
      .filter(({ online }) => online)
      .slice(0, 1)
      .map(({ id }) => id),
  );
  const [percent, setPercent] = useState<number | string>(20);
  const [soak, setSoak] = useState<number | string>(60);
  const [faults, setFaults] = useState<number | string>(3);
  const add = useAct(async (files: File[]) => {
    const { fingerprint } = await hub.addPack(await readFolder(files));
    reload();
    setWhat(fingerprint);
  });
  const begin = useAct(async () => {
    const novelty = data && noveltyOf(data, what);
    if (!novelty) return;
    const rules = { soakMinutes: Number(soak), faultsPerDay: Number(faults) };
    onBegun(await hub.beginRollout({ what: novelty, first, share: Number(percent) / 100, rules }));
  });
  const choices = [
    {
      group: w.rollouts.packs,
      items: (data?.packs ?? []).map(({ fingerprint, title, version, signed }) => ({
        value: fingerprint,
        label: labelled(`${pick(title)} ${version}`, signed),
      })),
    },
    { group: w.rollouts.models, items: [...(data?.models ?? []), { id: noModel, signed: true }].map(modelItem) },
  ];
  function modelItem({ id, signed }: { id: string; signed: boolean }) {
    return { value: `model ${id}`, label: id === noModel ? w.rollouts.noModel : labelled(id, signed) };
  }
  function labelled(label: string, signed: boolean) {
    return signed ? label : w.rollouts.unsigned(label);
  }
  return (
    <ActDialog
      title={w.rollouts.new}
      hint={w.rollouts.about}
      act={begin}
      button={w.rollouts.begin}
      ready={what !== null && first.length > 0}
      size="lg"
      onClose={onClose}
    >
      <Group align="end" gap="xs">
        <Select
          label={w.rollouts.what}
          data={choices}
          value={what}
          onChange={setWhat}
          searchable
          openOnFocus={false}
          limit={mostChoices}
          nothingFoundMessage={w.rollouts.noPack}
          style={{ flex: 1 }}
          data-autofocus
          required
        />
        <FileButton multiple inputProps={{ webkitdirectory: '' } as object} onChange={(files) => void add.run(files)}>
          {(props) => (
            <Button {...props} variant="default" loading={add.busy}>
              {w.rollouts.addPack}
            </Button>
          )}
        </FileButton>
      </Group>
      <Trouble error={add.error} />
      <Trouble error={error} onRetry={reload} />
      {edges.every(({ online }) => !online) && <Text size="sm">{w.rollouts.noneOnline}</Text>}
      <FirstEdges edges={edges} value={first} onChange={setFirst} />
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm" style={{ alignItems: 'end' }}>
        <NumberInput label={w.rollouts.share} suffix=" %" min={0} max={100} value={percent} onChange={setPercent} />
        <NumberInput label={w.rollouts.soak} min={0} max={20_160} value={soak} onChange={setSoak} />
        <NumberInput label={w.rollouts.faults} min={0} max={1000} value={faults} onChange={setFaults} />
      </SimpleGrid>
      <Text size="sm">{w.rollouts.backHint}</Text>
    </ActDialog>
  );
}

function noveltyOf({ packs }: PackList, chosen: string | null): NewRollout['what'] | undefined {
  if (chosen?.startsWith('model ')) return { of: 'generator', model: chosen.slice('model '.length) };
  const pack = packs.find(({ fingerprint }) => fingerprint === chosen);
  return pack && { of: 'pack', family: pack.family, version: pack.version, fingerprint: pack.fingerprint };
}
