import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FleetEdge, FleetThing } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { FamilyIcon } from '../shell/family-icon.tsx';
import { hashOf } from '../shell/route.ts';
import { SeverityMark } from '../shell/severity-mark.tsx';
import { useMay } from '../sign-in/may.ts';
import { sayAbout, sayEdge, sayPercent } from '../words/say.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './fleet.module.css';
import { RetireDialog } from './retire-dialog.tsx';

/** One edge with its machines. */
export function EdgeCard({ edge }: { edge: FleetEdge }) {
  const { w, locale } = useWords();
  const now = useNow();
  const mayRetire = useMay('edge:manage');
  const [retiring, setRetiring] = useState(false);
  const seen = edge.lastSeen === null ? w.fleet.never : w.fleet.lastSeen(sayAbout(now - edge.lastSeen, locale));
  return (
    <section className={css.edge} aria-label={edge.id}>
      <header className={css.edgeHead}>
        <span className={css.dot} data-online={edge.online || undefined} aria-hidden />
        <h2 title={edge.id}>{sayEdge(edge.id)}</h2>
        {/* One that is online fetches it in the same moment. */}
        {!edge.online && !edge.retired && edge.waiting > 0 && <span className={css.quiet}>{w.fleet.waiting(edge.waiting)}</span>}
        {edge.setAside > 0 && <span className={css.quiet}>{w.fleet.setAside(edge.setAside)}</span>}
        <span className={css.quiet}>{edge.online ? w.fleet.online : `${edge.retired ? w.fleet.retired : w.fleet.offline} · ${seen}`}</span>
        <Button size="compact-xs" variant="default" component="a" href={hashOf({ page: 'ledger', edge: edge.id })}>
          {w.ledger.title}
        </Button>
        {mayRetire && !edge.retired && (
          <Button size="compact-xs" variant="default" onClick={() => setRetiring(true)}>
            {w.fleet.retire}
          </Button>
        )}
      </header>
      {edge.says && <Says says={edge.says} />}
      {retiring && <RetireDialog edge={edge.id} onClose={() => setRetiring(false)} />}
      {edge.things.length === 0 && <p className={css.quiet}>{w.fleet.noThings}</p>}
      <ul className={css.things}>
        {edge.things.map((thing) => (
          <Thing key={thing.id} thing={thing} />
        ))}
      </ul>
    </section>
  );
}

/** What it says it runs. */
function Says({ says }: { says: NonNullable<FleetEdge['says']> }) {
  const { w } = useWords();
  const names = useNames();
  const broken = says.packs.filter(({ state }) => state === 'broken');
  return (
    <p className={css.quiet}>
      {w.fleet.says(says)}
      <br />
      {w.fleet.packs}
      {w.shell.colon}
      {says.packs
        .flatMap(({ state, family, version }) => (state === 'ok' ? [`${names.family(family)} ${version}`] : []))
        .join(w.shell.comma)}
      {broken.map(({ family, problem }) => (
        <b key={family} title={problem}>
          {' '}
          {w.fleet.brokenPack(names.family(family))}
        </b>
      ))}
    </p>
  );
}

function Thing({ thing }: { thing: FleetThing }) {
  const { w, pick } = useWords();
  const names = useNames();
  const about = [thing.model, thing.firmware && `${w.fleet.firmware} ${thing.firmware}`].filter(Boolean).join(' · ');
  return (
    <li>
      <FamilyIcon family={thing.family} size={18} />
      <span className={css.name}>
        <b>{thing.titles ? pick(thing.titles) : thing.title}</b>
        <span className={css.quiet}>{about || names.family(thing.family)}</span>
      </span>
      {thing.presence !== 'online' && (
        <span className={css.quiet}>{thing.presence === 'offline' ? w.fleet.offline : w.case.presence.unknown}</span>
      )}
      <span className={css.faults}>
        {thing.faults.length === 0 && <span className={css.quiet}>{w.fleet.none}</span>}
        {thing.faults.map((fault) => (
          <span key={fault.fault} className={css.fault}>
            <SeverityMark severity={fault.severity} size={15} />
            {pick(fault.title)} <span className={css.quiet}>{sayPercent(fault.probability)}</span>
          </span>
        ))}
      </span>
    </li>
  );
}
