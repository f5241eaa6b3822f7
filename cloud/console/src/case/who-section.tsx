import type { CaseView } from '../api/types.ts';
import { sayEdge, sayPercent } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';

type Fact = [name: string, value: string | undefined];

/** The person and the machine, side by side. Only what is known is shown. */
export function WhoSection({ view }: { view: CaseView }) {
  const { w, pick } = useWords();
  const { person, thing, channel, route } = view.handoff;
  const value = person?.customerValue ?? route?.customerValue;
  const agreed = route?.customer;
  const about: Fact[] = [
    [w.case.speaks, w.language[view.locale]],
    [w.case.channel, (w.case.channels as Record<string, string>)[channel] ?? channel],
    [w.case.value, value === undefined ? undefined : [sayPercent(value), agreed?.tier, agreed?.source].filter(Boolean).join(' · ')],
    [w.case.edge, sayEdge(view.edge)],
  ];
  const facts: Fact[] = [
    [w.case.model, [thing?.maker, thing?.model].filter(Boolean).join(' ') || undefined],
    [w.case.year, thing?.year?.toString()],
    [w.case.serial, thing?.serial],
    [w.case.firmware, thing?.firmware],
    [w.case.place, thing?.location],
  ];
  return (
    <div className={css.who}>
      <Facts title={w.case.person} name={person?.name ?? person?.id ?? w.case.noName} facts={about} />
      <Facts
        title={w.case.machine}
        name={
          thing
            ? [pick(thing.titles ?? { en: thing.title, zh: thing.title }), view.presence && w.case.presence[view.presence]]
                .filter(Boolean)
                .join(' · ')
            : w.case.noThing
        }
        facts={thing ? facts : []}
      />
    </div>
  );
}

function Facts({ title, name, facts }: { title: string; name: string; facts: Fact[] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <p className={css.whoName}>{name}</p>
      <dl className={css.facts}>
        {facts.map(
          ([label, value]) =>
            value !== undefined && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
