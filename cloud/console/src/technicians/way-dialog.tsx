import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { TechnicianRow } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import { LinkMade, type Made } from './link-made.tsx';

export type Way = 'signOut' | 'reset' | 'disable' | 'enable';

const acts: Record<Way, (id: string) => Promise<Made | undefined>> = {
  signOut: async (id) => void (await hub.endSessionsOf(id)) as undefined,
  reset: hub.resetTechnician,
  disable: async (id) => void (await hub.disableTechnician(id)) as undefined,
  enable: hub.enableTechnician,
};

/** Whether somebody is let in: what that does to them is said first. */
export function WayDialog({ one, way, onClose, onDone }: { one: TechnicianRow; way: Way; onClose: () => void; onDone: () => void }) {
  const { w } = useWords();
  const [made, setMade] = useState<Made>();
  const act = useAct(async () => {
    const link = await acts[way](one.id);
    onDone();
    if (link) setMade(link);
    else onClose();
  });
  const { title, hint, button } = w.technicians.ways[way];
  return (
    <ActDialog title={title(one.name)} hint={hint} act={act} button={button} ready={made === undefined} onClose={onClose}>
      {made && <LinkMade made={made} />}
    </ActDialog>
  );
}
