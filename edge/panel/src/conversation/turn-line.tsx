import { IconUser } from '@tabler/icons-react';
import { AnswerText } from '@wayside/web/answer-text';
import { useEffect } from 'react';
import { useWords } from '../words/words.tsx';
import { CitationList } from './citation-list.tsx';
import type { Line } from './history.ts';
import { RungChip } from './rung-chip.tsx';
import styles from './turn-line.module.css';

type TurnLineProps = {
  line: Line;
  thing: string | undefined;
  onShown: (turn: string) => void;
  /** The answer's text, where a card below says part of it. */
  text?: string;
  /** Its end, which was not said aloud since somebody spoke over it. */
  unheard?: string | undefined;
};

/** One line of the conversation: who says it, what, and, for an answer, where it comes from. */
export function TurnLine({ line, thing, onShown, text = line.text, unheard }: TurnLineProps) {
  const { words, time } = useWords();
  const { by, id } = line;
  useEffect(() => {
    if (by === 'technician') onShown(id);
  }, [by, id, onShown]);

  if (by === 'system') return <p className={styles.system}>{line.text}</p>;
  if (by === 'operator')
    return (
      <article className={styles.operator} aria-label={words.you} data-pending={line.pending}>
        <p className={styles.said}>{line.text}</p>
        {line.refused && <p className={styles.note}>{words.notTaken(line.refused)}</p>}
        {line.note && <p className={styles.note}>{line.note}</p>}
      </article>
    );
  const person = by === 'technician';
  const name = person ? (line.name ?? words.technician) : words.agent;
  return (
    <article className={person ? styles.technician : styles.agent} aria-label={name} data-to-person>
      <header className={styles.head}>
        {person && <IconUser size={24} aria-hidden />}
        {person && <span className={styles.name}>{name}</span>}
        {!person && line.rung && <RungChip rung={line.rung} />}
        <time className={styles.time} dateTime={new Date(line.at).toISOString()}>
          {time(line.at)}
        </time>
      </header>
      {text &&
        (unheard ? (
          <CutText text={text} unheard={unheard} />
        ) : (
          <AnswerText text={text} parts={line.parts ?? line.answer?.parts} restsOn={words.restsOn} className={styles.answer} />
        ))}
      <CitationList citations={line.citations} thing={thing} />
    </article>
  );
}

/** What was cut short is paler from there on: it can be read, and nobody takes it for heard. */
function CutText({ text, unheard }: { text: string; unheard: string }) {
  const { words } = useWords();
  const from = text.endsWith(unheard) ? text.length - unheard.length : text.length;
  return (
    <>
      <p className={styles.text}>
        {text.slice(0, from)}
        <span className={styles.unheard}>{text.slice(from)}</span>
      </p>
      <p className={styles.note}>{words.voice.unheard}</p>
    </>
  );
}
