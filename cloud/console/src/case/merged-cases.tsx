import { Button } from '@mantine/core';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { CaseView } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './briefing.module.css';

/** The cases that stand in this one: the way to each, and the way back when they were two after all. */
export function MergedCases({ view, me }: { view: CaseView; me: string }) {
  const { w, pick, locale } = useWords();
  const now = useNow();
  if (view.merged.length === 0) return null;
  const mine = view.state !== 'resolved' && view.technician?.id === me;
  return view.merged.map(({ id, title, at }) => (
    <div key={id} className={css.card} role="note">
      <span>
        {w.case.holds} <a href={hashOf({ page: 'case', id })}>{`${pick(title)} · ${sayWhen(at, now, locale)}`}</a>
      </span>
      {mine && <Split id={id} />}
    </div>
  ));
}

/** Takes a case out of the one in which it stands. What becomes of it is told to the page as any news of a case is. */
export function Split({ id }: { id: string }) {
  const { w } = useWords();
  const split = useAct(async () => void (await hub.split(id)));
  return (
    <>
      <Button size="compact-xs" variant="default" loading={split.busy} onClick={() => void split.run()}>
        {w.case.split}
      </Button>
      <Trouble error={split.error} />
    </>
  );
}
