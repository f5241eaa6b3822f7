import { Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { HookRow } from '../api/types.ts';
import { Empty } from '../shell/empty.tsx';
import page from '../shell/page.module.css';
import { SureButton } from '../shell/sure-button.tsx';
import { Tag } from '../shell/tag.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useWords } from '../words/use-words.tsx';
import { AddHookDialog } from './add-hook-dialog.tsx';
import { Deliveries } from './deliveries.tsx';
import css from './hooks.module.css';

/** Who else is told of what happens to cases and rollouts, and what they did not take. */
export function HooksPage() {
  const { w } = useWords();
  const [adding, setAdding] = useState(false);
  const { data, error, reload } = useLoaded('hooks', hub.hooks, (event) => event.event === 'case');
  useEffect(() => {
    document.title = `${w.hooks.title} · ${w.app.name}`;
  }, [w]);
  return (
    <section className={page.page} aria-labelledby="hooks-title">
      <header className={page.head}>
        <h1 id="hooks-title" className={page.title}>
          {w.hooks.title}
        </h1>
        {data !== undefined && (
          <Button size="sm" className={page.end} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {w.hooks.add}
          </Button>
        )}
      </header>
      <Trouble error={error?.code === 'unreachable' && data ? undefined : error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      {data?.hooks.length === 0 && <Empty icon={<IconWebhook size={34} stroke={1.3} />} title={w.hooks.none} hint={w.hooks.noneHint} />}
      <ul className={css.hooks}>
        {data?.hooks.map((hook) => (
          <Hook key={hook.id} hook={hook} onChanged={reload} />
        ))}
      </ul>
      {adding && <AddHookDialog onClose={() => setAdding(false)} onAdded={reload} />}
    </section>
  );
}

function Hook({ hook, onChanged }: { hook: HookRow; onChanged: () => void }) {
  const { w } = useWords();
  const [open, setOpen] = useState(false);
  const remove = useAct(async () => {
    await hub.removeHook(hook.id);
    onChanged();
  });
  return (
    <li className={css.hook}>
      <div className={css.head}>
        <span className={css.name}>
          <b>{hook.to}</b>
          <span className={css.quiet}>
            {w.hooks.kinds[hook.kind]} · {hook.events.map((event) => w.hooks.events[event]).join(w.shell.comma)}
          </span>
        </span>
        {hook.waiting > 0 && <Tag>{w.hooks.waiting(hook.waiting)}</Tag>}
        {hook.dead > 0 && <Tag tone="warning">{w.hooks.dead(hook.dead)}</Tag>}
        <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {w.hooks.show}
        </Button>
        <SureButton label={w.hooks.remove} title={w.hooks.removeTitle} hint={w.hooks.removeHint(hook.to)} act={remove} />
      </div>
      {open && <Deliveries hook={hook.id} onChanged={onChanged} />}
    </li>
  );
}
