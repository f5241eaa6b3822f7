import { Button } from '@mantine/core';
import { IconDownload, IconMinus, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { FaultCluster, QuestionCluster } from '../api/types.ts';
import { IssueDialog } from '../fleet/issue-dialog.tsx';
import { go } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useMay } from '../sign-in/may.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './insight.module.css';
import { PhrasesSection } from './phrases-section.tsx';

/** What keeps coming to the desk, and one click to do something about it. */
export function Clusters() {
  const { w } = useWords();
  const names = useNames();
  const { data, error, reload } = useLoaded('clusters', hub.clusters, (event) => event.event === 'case');
  const mayWrite = useMay('article:write');
  const mayTell = useMay('issue:publish');
  const mayTeach = useMay('article:publish');
  const [telling, setTelling] = useState<FaultCluster | undefined>();
  const draft = useAct(async (cluster: QuestionCluster) => {
    const made = await hub.draftFromQuestions(cluster, w.clusters.asked, w.clusters.answer);
    go({ page: 'article', id: made.id, locale: made.locale });
  });
  const [drafted, setDrafted] = useState<string | undefined>();
  const phrases = useAct(async (cluster: QuestionCluster) => setDrafted((await hub.draftPhrases(cluster)).id));
  if (data === undefined) return <Trouble error={error} onRetry={reload} />;
  return (
    <>
      <section className={`${css.bars} ${css.whole}`} aria-labelledby="questions-title">
        <h2 id="questions-title">{w.clusters.questions(data.days)}</h2>
        <Trouble error={draft.error ?? phrases.error} />
        {data.questions.length === 0 && <p>{w.clusters.none}</p>}
        {data.questions.length > 0 && (
          <table className={css.table}>
            <Heads what={w.clusters.columns.question} />
            <tbody>
              {data.questions.map((cluster) => (
                <tr key={`${cluster.locale} ${cluster.cases[0]}`}>
                  <th scope="row" lang={cluster.locale === 'zh' ? 'zh-Hans' : 'en'} title={cluster.questions.join('\n')}>
                    {cluster.question}
                  </th>
                  <td>{names.family(cluster.family)}</td>
                  <td>{cluster.count}</td>
                  <Trend {...cluster} />
                  <td>
                    {mayWrite && (
                      <Button size="compact-xs" variant="default" loading={draft.busy} onClick={() => void draft.run(cluster)}>
                        {w.clusters.draft}
                      </Button>
                    )}{' '}
                    {mayTeach && (
                      <Button size="compact-xs" variant="default" loading={phrases.busy} onClick={() => void phrases.run(cluster)}>
                        {w.clusters.phrases}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <PhrasesSection drafted={drafted} onSettled={() => setDrafted(undefined)} />
      <section className={`${css.bars} ${css.whole}`} aria-labelledby="faults-title">
        <div className={css.titleLine}>
          <h2 id="faults-title">{w.clusters.faults(data.days)}</h2>
          <Button
            size="compact-xs"
            variant="default"
            component="a"
            href="v1/insight/faults.csv"
            download
            leftSection={<IconDownload size={13} aria-hidden />}
          >
            CSV
          </Button>
        </div>
        {data.faults.length === 0 && <p>{w.insight.none}</p>}
        {data.faults.length > 0 && (
          <table className={css.table}>
            <Heads what={w.clusters.columns.fault} />
            <tbody>
              {data.faults.map((cluster) => (
                <FaultRow
                  key={Object.values(cluster).join(' ')}
                  cluster={cluster}
                  {...(mayTell ? { onTell: () => setTelling(cluster) } : {})}
                />
              ))}
            </tbody>
          </table>
        )}
      </section>
      {telling && <IssueDialog about={telling} onClose={() => setTelling(undefined)} onTold={() => go({ page: 'fleet' })} />}
    </>
  );
}

function FaultRow({ cluster, onTell }: { cluster: FaultCluster; onTell?: () => void }) {
  const { w, pick } = useWords();
  const names = useNames();
  const machine = [cluster.maker, cluster.model, cluster.firmware].filter(Boolean).join(' ') || names.family(cluster.family);
  return (
    <tr>
      <th scope="row">{pick(cluster.title)}</th>
      <td>{machine}</td>
      <td>{cluster.count}</td>
      <Trend {...cluster} />
      <td>
        {onTell && (
          <Button size="compact-xs" variant="default" onClick={onTell}>
            {w.clusters.issue}
          </Button>
        )}
      </td>
    </tr>
  );
}

function Heads({ what }: { what: string }) {
  const { w } = useWords();
  const { columns } = w.clusters;
  return (
    <thead>
      <tr>
        <th scope="col">{what}</th>
        <th scope="col">{columns.machine}</th>
        <th scope="col">{columns.cases}</th>
        <th scope="col">{columns.trend}</th>
        <th scope="col">{columns.act}</th>
      </tr>
    </thead>
  );
}

/** More or fewer than before, by sign as well as by figures. */
function Trend({ recent, before }: { recent: number; before: number }) {
  const { w } = useWords();
  const Icon = recent > before ? IconTrendingUp : recent < before ? IconTrendingDown : IconMinus;
  return (
    <td>
      <span className={css.trend} title={w.clusters.trend(recent, before)}>
        <Icon size={15} aria-hidden />
        {before} → {recent}
      </span>
    </td>
  );
}
