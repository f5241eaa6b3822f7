import { Button, Select, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Replayed } from '../api/types.ts';
import page from '../shell/page.module.css';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import { EffectChart } from './effect-chart.tsx';
import css from './replay.module.css';
import { ReplayTable } from './replay-table.tsx';

/** Another policy played over the conversations there were: what would have changed, as a chart and a table. Nothing is put in force. */
export function ReplayPage() {
  const { w } = useWords();
  const { data, error, reload } = useLoaded('policies', hub.policies, () => false);
  const names = useNames();
  const [family, setFamily] = useState<string | undefined>();
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [result, setResult] = useState<Replayed | undefined>();
  useEffect(() => {
    document.title = `${w.replay.title} · ${w.app.name}`;
  }, [w]);
  const policies = data?.policies ?? [];
  const chosen = family ?? policies.find((one) => one.family !== 'core')?.family;
  const text = texts[chosen ?? ''] ?? policies.find((one) => one.family === chosen)?.text ?? '';
  const play = useAct(async () => setResult(chosen ? await hub.replay(chosen, text) : undefined));
  return (
    <section className={page.page} aria-labelledby="replay-title">
      <header className={page.head}>
        <h1 id="replay-title" className={page.title}>
          {w.replay.title}
        </h1>
      </header>
      <Trouble error={error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      {chosen !== undefined && (
        <div className={css.body}>
          <div className={css.edit}>
            <p className={css.about}>{w.replay.about}</p>
            <Select
              label={w.replay.family}
              data={policies.map(({ family: value }) => ({ value, label: names.family(value) }))}
              value={chosen}
              allowDeselect={false}
              onChange={(next) => {
                setFamily(next ?? undefined);
                setResult(undefined);
              }}
            />
            <Textarea
              label={w.replay.policy}
              classNames={{ input: css.policy }}
              spellCheck={false}
              rows={22}
              value={text}
              onChange={(event) => setTexts({ ...texts, [chosen]: event.currentTarget.value })}
            />
            <Button loading={play.busy} onClick={() => void play.run()}>
              {w.replay.button}
            </Button>
            <Trouble error={play.error} />
          </div>
          <div className={css.result} aria-live="polite">
            {result && (
              <>
                <p className={css.summary}>{w.replay.summary(result.sessions, result.differences.length)}</p>
                <EffectChart was={result.was} would={result.would} />
                <ReplayTable differences={result.differences} />
              </>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
