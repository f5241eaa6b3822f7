import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type Act, useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { CaseView } from '../api/types.ts';
import { DueClock } from '../queue/due-clock.tsx';
import { useNow } from '../shell/clock.ts';
import { FamilyIcon } from '../shell/family-icon.tsx';
import { hashOf } from '../shell/route.ts';
import { Tag } from '../shell/tag.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { useMay } from '../sign-in/may.ts';
import { sayMoment, saySpan, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { CaseActs } from './case-acts.tsx';
import css from './case-header.module.css';

type Props = {
  view: CaseView;
  me: string;
  claim: Act<[]>;
  onResolve: () => void;
  onStep: ((by: number) => void) | undefined;
  onChanged: (view: CaseView) => void;
};

/** Which case this is, how it stands, and the two acts that move it on. */
export function CaseHeader({ view, me, claim, onResolve, onStep, onChanged }: Props) {
  const { w, pick } = useWords();
  const mayWork = useMay('case:work');
  const reopen = useAct(async () => onChanged(await hub.reopen(view.id)));
  // It is answered and resolved where it stands now.
  const isPart = view.mergedInto !== null;
  // It is taken, or taken back, beneath its note.
  const noteWaits = view.transfers.at(-1)?.outcome === null;
  const anothers = view.technician !== null && view.technician.id !== me;
  return (
    <header className={css.head}>
      <ActionIcon component="a" href={hashOf({ page: 'queue' })} aria-label={w.keys.back}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
      <div className={css.titles}>
        <h1 className={css.title}>
          {view.urgency === 'urgent' && view.state !== 'resolved' && <Tag tone="urgent">{w.queue.urgent}</Tag>}
          {view.attention === 'looks-on' && view.state !== 'resolved' && <Tag>{w.queue.looksOn}</Tag>}
          <span>{pick(view.title)}</span>
        </h1>
        <Standing view={view} me={me} />
      </div>
      {onStep && (
        <span className={css.step}>
          <Tooltip label={`${w.case.previous} (k)`}>
            <ActionIcon aria-label={w.case.previous} onClick={() => onStep(-1)}>
              <IconChevronUp size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={`${w.case.next} (j)`}>
            <ActionIcon aria-label={w.case.next} onClick={() => onStep(1)}>
              <IconChevronDown size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </span>
      )}
      <CaseActs view={view} me={me} onChanged={onChanged} />
      {view.state === 'open' && !noteWaits && (
        <Button size="sm" loading={claim.busy} onClick={() => void claim.run()}>
          {w.case.claim}
        </Button>
      )}
      {view.state === 'resolved' && !isPart && mayWork && (
        <Button size="sm" variant="default" loading={reopen.busy} onClick={() => void reopen.run()}>
          {w.case.reopen}
        </Button>
      )}
      <Trouble error={reopen.error} />
      {view.state !== 'resolved' && !anothers && !isPart && (
        <Button
          size="sm"
          variant={view.state === 'open' ? 'default' : 'filled'}
          className={view.state === 'open' ? css.early : undefined}
          onClick={onResolve}
        >
          {w.case.resolve}
        </Button>
      )}
    </header>
  );
}

function Standing({ view, me }: { view: CaseView; me: string }) {
  const { w, locale, pick } = useWords();
  const now = useNow(1_000);
  const known = view.issues.find((each) => each.issue === view.issue);
  const waits = view.state === 'resolved' || view.mergedInto !== null ? null : view.waitingSince;
  const helper = view.technician && (view.technician.id === me ? w.queue.you : view.technician.name);
  const thing = view.thingTitles ? pick(view.thingTitles) : (view.thingTitle ?? view.thing ?? w.case.noThing);
  return (
    <div className={css.standing}>
      <span className={css.thing}>
        <FamilyIcon family={view.family} size={15} />
        <span title={thing}>{thing}</span>
      </span>
      {(helper || !waits) && <span>{helper ? `${w.case.state[view.state]}${w.shell.colon}${helper}` : w.case.state[view.state]}</span>}
      {view.helpers.length > 0 && <span>{w.case.helpers(view.helpers.map((each) => (each.id === me ? w.queue.you : each.name)))}</span>}
      {view.snoozed && (
        <span>
          <time dateTime={new Date(view.snoozed.until).toISOString()} title={sayMoment(view.snoozed.until, locale)}>
            {w.queue.until(sayWhen(view.snoozed.until, now, locale))}
          </time>{' '}
          {view.snoozed.why}
        </span>
      )}
      {view.issue && <span>{w.case.ofIssue(known ? pick(known.title) : view.issue)}</span>}
      {waits && <span className={css.waited}>{w.case.waited(saySpan(now - waits, locale))}</span>}
      {view.clock && view.mergedInto === null && (
        <span>
          <DueClock clock={view.clock} />
        </span>
      )}
      <span className={css.edge} data-online={view.edgeOnline || undefined}>
        {view.edgeOnline ? w.case.edgeOnline : w.case.edgeOffline}
      </span>
    </div>
  );
}
