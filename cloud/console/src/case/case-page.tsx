import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { type Loaded, useLoaded } from '../api/loaded.ts';
import type { HubError } from '../api/problem.ts';
import type { CaseTurn, CaseView } from '../api/types.ts';
import { neighbour } from '../queue/order.ts';
import { useCases } from '../queue/use-cases.ts';
import { useKeys } from '../shell/keys.ts';
import { go, hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useWords } from '../words/use-words.tsx';
import { ArticleDrawer } from './article-drawer.tsx';
import { BriefingCards } from './briefing-cards.tsx';
import css from './case.module.css';
import { CaseHeader } from './case-header.tsx';
import { CasePanes } from './case-panes.tsx';
import { MergedCases } from './merged-cases.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { type Spot, SpotContext, spotOf } from './spot.ts';
import { TransferNote } from './transfer-note.tsx';
import { useAttendance } from './use-attendance.ts';

/** Everything about one case on one screen: what was said, what is known, what the machine showed. */
export function CasePage({ id, me }: { id: string; me: string }) {
  const loaded: Loaded<CaseView> = useLoaded(
    `case ${id}`,
    () => hub.case(id),
    (event) =>
      event.event === 'case'
        ? event.data.case === id || event.data.case === undefined
        : // Its edge came or went, or its machine did.
          event.event === 'fleet' && event.data.edge === loaded.data?.edge,
  );
  const view = loaded.data;
  if (view === undefined) {
    return loaded.error ? <NoCase error={loaded.error} onRetry={loaded.reload} /> : <Waiting rows={12} />;
  }
  return <LoadedCase view={view} me={me} set={loaded.set} reload={loaded.reload} />;
}

/** A link to a case that is not here, or not for this desk, leads back to the queue. */
function NoCase({ error, onRetry }: { error: HubError; onRetry: () => void }) {
  const { w } = useWords();
  useKeys({ u: () => go({ page: 'queue' }) });
  return (
    <>
      <Trouble error={error} onRetry={onRetry} m="lg" />
      <Button
        mx="lg"
        variant="default"
        component="a"
        href={hashOf({ page: 'queue' })}
        leftSection={<IconArrowLeft size={16} aria-hidden />}
      >
        {w.keys.back}
      </Button>
    </>
  );
}

function LoadedCase({ view, me, set, reload }: { view: CaseView; me: string; set: (view: CaseView) => void; reload: () => void }) {
  const { w, pick } = useWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const [resolving, setResolving] = useState(false);
  const [spot, setSpot] = useState<Spot>({});
  const { others, typed, rested } = useAttendance(view.id, me);
  const claim = useAct(async () => set(await hub.claim(view.id)));
  const around = useCases(view.state).data?.cases ?? [];
  const spotlight = useMemo(
    () => ({ spot, show: (citation: Parameters<typeof spotOf>[0]) => setSpot(spotOf(citation)), clear: () => setSpot({}) }),
    [spot],
  );
  useEffect(() => {
    document.title = `${pick(view.title)} · ${w.app.name}`;
  }, [view.title, pick, w]);

  const step = (by: number) => {
    const next = neighbour(around, view.id, by);
    if (next && next !== view.id) go({ page: 'case', id: next });
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    u: () => go({ page: 'queue' }),
    r: () => field.current?.focus(),
    c: () => (view.state === 'open' ? void claim.run() : false),
  });
  // The answer to a reply may come before or after the live event that carries the same turn.
  const said = (turn: CaseTurn) => {
    rested();
    if (!view.turns.some((each) => each.id === turn.id)) set({ ...view, turns: [...view.turns, turn] });
    reload();
  };

  return (
    <SpotContext value={spotlight}>
      <div className={css.page}>
        <CaseHeader
          view={view}
          me={me}
          claim={claim}
          onResolve={() => setResolving(true)}
          onStep={around.length > 1 ? step : undefined}
          onChanged={set}
        />
        <Trouble error={claim.error} onRetry={reload} m="xs" />
        <BriefingCards view={view} me={me} onChanged={reload} />
        <TransferNote view={view} me={me} claim={claim} onChanged={set} />
        <MergedCases view={view} me={me} />
        <CasePanes view={view} me={me} field={field} others={others} onTyped={typed} onSent={said} onChanged={reload} />
        <ArticleDrawer view={view} />
        <ResolveDialog view={view} opened={resolving} onClose={() => setResolving(false)} onResolved={set} />
      </div>
    </SpotContext>
  );
}
