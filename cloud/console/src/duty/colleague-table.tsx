import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Skill } from '../api/types.ts';
import { Tag } from '../shell/tag.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './duty.module.css';

/** Who is at work, what they know and speak, and how much they have in hand. */
export function ColleagueTable({ skills }: { skills: Skill[] }) {
  const { w, pick } = useWords();
  const { data, error, reload } = useLoaded('colleagues', hub.colleagues, (event) => event.event === 'queue' || event.event === 'case');
  const nameOf = (id: string) => pick(skills.find((each) => each.id === id)?.title ?? { en: id, zh: id });
  const { columns } = w.duty;
  return (
    <section className={css.box} aria-labelledby="colleagues-title">
      <h2 id="colleagues-title">{w.duty.colleagues}</h2>
      <Trouble error={error} onRetry={reload} />
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.now}</th>
            <th scope="col">{columns.speaks}</th>
            <th scope="col">{columns.knows}</th>
            <th scope="col">{columns.load}</th>
          </tr>
        </thead>
        <tbody>
          {data?.colleagues.map(({ id, name, duty, onShift, here, load }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>
                <Tag tone={onShift && here ? 'good' : 'quiet'}>
                  {duty.away ? w.duty.isAway : onShift ? (here ? w.duty.here : w.duty.onShift) : w.duty.offShift}
                </Tag>
              </td>
              <td>{duty.languages.map((each) => w.language[each]).join(w.shell.comma)}</td>
              <td>{duty.skills.map(nameOf).join(w.shell.comma) || '–'}</td>
              <td>{w.duty.ofMost(load, duty.most)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
