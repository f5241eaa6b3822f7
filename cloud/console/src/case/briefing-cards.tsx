import { Button, Group } from '@mantine/core';
import { useEffect } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { Briefing, CaseView } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './briefing.module.css';

/** What a colleague must know who is asked in, and, for who asked, whether they have read it or declined. */
export function BriefingCards({ view, me, onChanged }: { view: CaseView; me: string; onChanged: () => void }) {
  const { w } = useWords();
  const open = view.briefings.filter(({ answer }) => answer === null);
  const last = view.briefings.at(-1);
  const declined = last?.answer === 'declined' && last.from.id === me && view.technician?.id === me && view.state !== 'resolved';
  return (
    <>
      {declined && (
        <div className={css.card} role="status">
          {w.briefing.declined(last.to.name)}
        </div>
      )}
      {open.map((each) => {
        if (each.to.id === me) return <ForMe key={each.id} briefing={each} onChanged={onChanged} />;
        return each.from.id === me ? <FromMe key={each.id} briefing={each} onChanged={onChanged} /> : null;
      })}
    </>
  );
}

type Props = { briefing: Briefing; onChanged: () => void };

function ForMe({ briefing, onChanged }: Props) {
  const { w } = useWords();
  const { id, seenAt, wants, from, text } = briefing;
  const answer = useAct(async (act: 'accept' | 'decline') => {
    await hub.onBriefing(id, act);
    onChanged();
  });
  // What stands on this screen is before their eyes.
  useEffect(() => {
    if (seenAt === null) hub.onBriefing(id, 'seen').catch(() => {});
  }, [id, seenAt]);
  return (
    <section className={css.card} aria-label={w.briefing.asksYou[wants](from.name)}>
      <div>
        <h2>{w.briefing.asksYou[wants](from.name)}</h2>
        <p>{text}</p>
        <Trouble error={answer.error} />
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button size="sm" variant="default" disabled={answer.busy} onClick={() => void answer.run('decline')}>
          {w.briefing.decline}
        </Button>
        <Button size="sm" loading={answer.busy} disabled={seenAt === null} onClick={() => void answer.run('accept')}>
          {w.briefing.accept[wants]}
        </Button>
      </Group>
    </section>
  );
}

function FromMe({ briefing, onChanged }: Props) {
  const { w } = useWords();
  const withdraw = useAct(async () => {
    await hub.onBriefing(briefing.id, 'withdraw');
    onChanged();
  });
  return (
    <section className={css.card} aria-label={w.briefing.youAsked(briefing.to.name)}>
      <div>
        <p role="status">
          {w.briefing.youAsked(briefing.to.name)} {briefing.seenAt === null ? w.briefing.unread : w.briefing.read}
        </p>
        <Trouble error={withdraw.error} />
      </div>
      <Button size="xs" variant="default" loading={withdraw.busy} onClick={() => void withdraw.run()}>
        {w.briefing.withdraw}
      </Button>
    </section>
  );
}
