import { Button } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { IssueRow } from '../api/types.ts';
import { SeverityMark } from '../shell/severity-mark.tsx';
import { SureButton } from '../shell/sure-button.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { useMay } from '../sign-in/may.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import { CloseIssueDialog } from './close-issue-dialog.tsx';
import css from './fleet.module.css';
import { IssueDialog } from './issue-dialog.tsx';

/** What every edge was told of whole models, and a way to tell more. */
export function Issues({ families }: { families: readonly string[] }) {
  const { w } = useWords();
  const mayTell = useMay('issue:publish');
  const [writing, setWriting] = useState(false);
  const { data, error, reload } = useLoaded('issues', hub.issues, (event) => event.event === 'issue' || event.event === 'fleet');
  return (
    <section className={css.issues} aria-labelledby="issues-title">
      <header className={css.edgeHead}>
        <h2 id="issues-title">{w.issues.title}</h2>
        {mayTell && (
          <Button size="xs" variant="default" leftSection={<IconSpeakerphone size={15} aria-hidden />} onClick={() => setWriting(true)}>
            {w.issues.new}
          </Button>
        )}
      </header>
      <Trouble error={error} onRetry={reload} />
      {data?.issues.length === 0 && <p className={css.quiet}>{mayTell ? w.issues.none : w.issues.noneHere}</p>}
      <ul className={css.things}>
        {data?.issues.map((issue) => (
          <Issue key={issue.issue} issue={issue} onChanged={reload} />
        ))}
      </ul>
      {writing && (
        <IssueDialog
          families={families}
          onClose={() => setWriting(false)}
          onTold={() => {
            setWriting(false);
            reload();
          }}
        />
      )}
    </section>
  );
}

function Issue({ issue, onChanged }: { issue: IssueRow; onChanged: () => void }) {
  const { w, pick } = useWords();
  const names = useNames();
  const mayTell = useMay('issue:publish');
  const [closing, setClosing] = useState(false);
  const withdraw = useAct(async () => {
    await hub.withdrawIssue(issue.issue);
    onChanged();
  });
  const about = [names.family(issue.family), issue.maker, issue.model, issue.firmware?.join(w.shell.comma)].filter(Boolean).join(' · ');
  return (
    <li>
      <SeverityMark severity={issue.severity} size={18} />
      <span className={css.name}>
        <b>{pick(issue.title)}</b>
        <span className={css.quiet}>{about}</span>
      </span>
      <span className={css.quiet}>{w.issues.affected(issue.affected)}</span>
      {issue.state !== 'published' && <span className={css.quiet}>{w.issues.states[issue.state]}</span>}
      {mayTell && issue.state === 'published' && (
        <>
          <Button size="xs" variant="default" onClick={() => setClosing(true)}>
            {w.issues.close}
          </Button>
          <SureButton
            label={w.issues.withdraw}
            title={w.issues.withdrawTitle(pick(issue.title))}
            hint={w.issues.withdrawHint}
            act={withdraw}
          />
        </>
      )}
      {closing && (
        <CloseIssueDialog
          issue={issue}
          onClose={() => setClosing(false)}
          onDone={() => {
            setClosing(false);
            onChanged();
          }}
        />
      )}
    </li>
  );
}
