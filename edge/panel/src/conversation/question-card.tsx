import { UnstyledButton } from '@mantine/core';
import type { Question } from '../api/types.ts';
import styles from './cards.module.css';

/** The next best question, answered with a tap. `asked`: the answer's text above asks it already. */
export function QuestionCard({ question, asked, onSay }: { question: Question; asked: boolean; onSay: (text: string) => void }) {
  return (
    <section className={styles.options} aria-label={question.text}>
      {!asked && <p className={styles.question}>{question.text}</p>}
      {question.options.map((option) => (
        <UnstyledButton key={option.say} className={styles.option} onClick={() => onSay(option.say)}>
          {option.label}
        </UnstyledButton>
      ))}
    </section>
  );
}
