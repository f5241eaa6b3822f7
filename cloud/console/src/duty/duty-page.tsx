import { useEffect } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Me } from '../api/types.ts';
import page from '../shell/page.module.css';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useWords } from '../words/use-words.tsx';
import { ColleagueTable } from './colleague-table.tsx';
import css from './duty.module.css';
import { DutyForm } from './duty-form.tsx';
import { RulesForm } from './rules-form.tsx';

/** What I take on, who else is there, and how cases are handed round. */
export function DutyPage({ me }: { me: Me }) {
  const { w } = useWords();
  const duty = useLoaded('duty', hub.duty);
  const skills = useLoaded('skills', hub.skills);
  const rules = useLoaded('queue rules', hub.queueRules, (event) => event.event === 'queue');
  useEffect(() => {
    document.title = `${w.duty.title} · ${w.app.name}`;
  }, [w]);
  const error = duty.error ?? skills.error ?? rules.error;
  const known = skills.data?.skills ?? [];
  return (
    <section className={page.page} aria-labelledby="duty-title">
      <header className={page.head}>
        <h1 id="duty-title" className={page.title}>
          {w.duty.title}
        </h1>
      </header>
      <Trouble error={error} onRetry={duty.reload} m="md" />
      {duty.data === undefined && error === undefined && <Waiting />}
      <div className={css.body}>
        {duty.data && skills.data && (
          <section className={css.box} aria-labelledby="mine-title">
            <h2 id="mine-title">{w.duty.mine}</h2>
            <DutyForm saved={duty.data} skills={known} onSaved={duty.set} />
          </section>
        )}
        <div className={css.side}>
          <ColleagueTable skills={known} />
          {rules.data && (
            <RulesForm
              key={JSON.stringify(rules.data)}
              saved={rules.data}
              mayChange={(me.role === 'admin' || me.role === 'lead') && me.tenant === '*'}
              onSaved={rules.set}
            />
          )}
        </div>
      </div>
    </section>
  );
}
