import { Button, MultiSelect } from '@mantine/core';
import { IconEye, IconPlayerStop, IconTool } from '@tabler/icons-react';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { CaseView } from '../api/types.ts';
import caseCss from '../case/case.module.css';
import { Nothing, Section } from '../case/section.tsx';
import { useNow } from '../shell/clock.ts';
import { Trouble } from '../shell/trouble.tsx';
import { saySpan } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { AskDialog } from './ask-dialog.tsx';
import { LiveCharts } from './live-charts.tsx';
import { useVisit } from './use-visit.ts';
import css from './visit.module.css';

/** Looking at the machine live: begin, see, ask for a command, end. The person at the machine sees that, from beginning to end. */
export function LiveSection({ view, me, onChanged }: { view: CaseView; me: string; onChanged: () => void }) {
  const { w, locale, pick } = useWords();
  const now = useNow();
  const [asking, setAsking] = useState(false);
  const [chosen, setChosen] = useState<string[] | undefined>();
  const [last] = view.visits;
  const going = last?.endedAt === null;
  const mine = going && last.technician === me;
  const seen = useVisit(view.id, going, onChanged);
  const begin = useAct(async () => {
    await hub.visit(view.id);
    onChanged();
  });
  const end = useAct(async () => {
    await hub.endVisit(view.id);
    onChanged();
  });
  if (view.handoff.thing === undefined || view.mergedInto !== null) return null;
  const names = Object.keys(seen.signals);
  const shown =
    chosen ?? [...new Set([...view.handoff.traces.map((each) => each.signal), ...names])].filter((name) => seen.points[name]).slice(0, 3);
  const may =
    view.state === 'open' || (view.state === 'claimed' && (view.technician?.id === me || view.helpers.some(({ id }) => id === me)));
  if (!going && !may) return null;
  return (
    <Section
      title={w.visit.title}
      aside={
        going && (
          <span className={caseCss.aside}>{w.visit.left(saySpan(Math.max(0, last.until - Math.max(now, last.calledAt)), locale))}</span>
        )
      }
    >
      <div className={css.acts}>
        {!going && (
          <Button size="xs" leftSection={<IconEye size={15} aria-hidden />} loading={begin.busy} onClick={() => void begin.run()}>
            {w.visit.begin}
          </Button>
        )}
        {mine && (
          <>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlayerStop size={15} aria-hidden />}
              loading={end.busy}
              onClick={() => void end.run()}
            >
              {w.visit.end}
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTool size={15} aria-hidden />}
              disabled={Object.keys(seen.actions).length === 0}
              onClick={() => setAsking(true)}
            >
              {w.visit.ask}
            </Button>
          </>
        )}
        <span className={css.state} role="status">
          {going && (last.beganAt === null ? w.visit.coming : mine ? w.visit.seen : w.visit.colleague(last.name))}
          {!going && last?.why && w.visit.why[last.why]}
        </span>
      </div>
      <Trouble error={begin.error ?? end.error} />
      {going && last.beganAt !== null && names.length === 0 && <Nothing>{w.visit.waiting}</Nothing>}
      {going && names.length > 0 && (
        <>
          <MultiSelect
            size="xs"
            searchable
            maxValues={6}
            label={w.visit.signals}
            data={names
              .filter((name) => seen.points[name])
              .map((value) => ({ value, label: pick(seen.signals[value]?.title ?? { en: value, zh: value }) }))}
            value={shown}
            onChange={setChosen}
          />
          <LiveCharts seen={seen} shown={shown} sync={`${view.id} live`} />
        </>
      )}
      {asking && <AskDialog caseId={view.id} actions={seen.actions} onClose={() => setAsking(false)} />}
    </Section>
  );
}
