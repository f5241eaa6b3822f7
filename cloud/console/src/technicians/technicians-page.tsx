import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { TechnicianRow } from '../api/types.ts';
import page from '../shell/page.module.css';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useMay } from '../sign-in/may.ts';
import { useWords } from '../words/use-words.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { TechnicianLine } from './technician-line.tsx';
import css from './technicians.module.css';
import { type Way, WayDialog } from './way-dialog.tsx';

type Open = { what: 'invite' } | { what: 'edit'; one: TechnicianRow } | { what: Way; one: TechnicianRow };

/** Who works at this desk: asked in, what they may and take on, and let in no more. Who may only read sees the same without the buttons. */
export function TechniciansPage({ me }: { me: string }) {
  const { w } = useWords();
  const mayManage = useMay('technician:manage');
  const [open, setOpen] = useState<Open>();
  const { data, error, reload } = useLoaded('technicians', hub.technicians, (event) => event.event === 'queue');
  const skills = useLoaded('skills', hub.skills);
  useEffect(() => {
    document.title = `${w.technicians.title} · ${w.app.name}`;
  }, [w]);
  const close = () => setOpen(undefined);
  return (
    <section className={page.page} aria-labelledby="technicians-title">
      <header className={page.head}>
        <h1 id="technicians-title" className={page.title}>
          {w.technicians.title}
        </h1>
        {mayManage && (
          <Button
            size="sm"
            className={page.end}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setOpen({ what: 'invite' })}
          >
            {w.technicians.invite}
          </Button>
        )}
      </header>
      <Trouble error={error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      <ul className={css.list}>
        {data?.technicians.map((one) => (
          <TechnicianLine
            key={one.id}
            one={one}
            self={one.id === me}
            skills={skills.data?.skills ?? []}
            {...(mayManage ? { onAct: (what: 'edit' | Way) => setOpen({ what, one }) } : {})}
          />
        ))}
      </ul>
      {open?.what === 'invite' && <InviteDialog onClose={close} onInvited={reload} />}
      {open?.what === 'edit' && (
        <EditDialog one={open.one} self={open.one.id === me} skills={skills.data?.skills ?? []} onClose={close} onSaved={reload} />
      )}
      {open !== undefined && open.what !== 'invite' && open.what !== 'edit' && (
        <WayDialog one={open.one} way={open.what} onClose={close} onDone={reload} />
      )}
    </section>
  );
}
