import { useState } from 'react';
import { hub } from '../api/hub.ts';
import type { CaseView } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { sayEdge, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { Section } from './section.tsx';

type Lines = Awaited<ReturnType<typeof hub.conversation>>['turns'];

/** What the same person has said before, at all of their places, as far as they share it. */
export function EarlierSection({ earlier }: { earlier: CaseView['earlier'] }) {
  const { w } = useWords();
  if (earlier.length === 0) return null;
  return (
    <Section title={w.case.earlier}>
      <ul className={css.earlier}>
        {earlier.map((one) => (
          <Earlier key={`${one.edge} ${one.session}`} one={one} />
        ))}
      </ul>
    </Section>
  );
}

function Earlier({ one }: { one: CaseView['earlier'][number] }) {
  const { w, locale } = useWords();
  const now = useNow();
  const [lines, setLines] = useState<Lines>();
  const open = (wanted: boolean) => {
    if (wanted && !lines)
      void hub.conversation(one.edge, one.session).then(
        ({ turns }) => setLines(turns),
        () => {},
      );
  };
  return (
    <li>
      <details onToggle={(event) => open(event.currentTarget.open)}>
        <summary>
          <span>{one.opening}</span>
          <span className={css.aside}>{[one.about ?? sayEdge(one.edge), sayWhen(one.at, now, locale)].join(' · ')}</span>
        </summary>
        <ol className={css.earlierLines}>
          {lines?.map((line) => (
            <li key={line.id} data-by={line.by}>
              <span className={css.aside}>{line.name ?? (line.by === 'agent' ? w.app.name : w.case.says[line.by])}</span> {line.text}
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}
