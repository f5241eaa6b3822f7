import { UnstyledButton } from '@mantine/core';
import type { Question } from '../api/types.ts';
import styles from './cards.module.css';

/** The next best question, answered with a tap. */
export function QuestionCard({ question, onSay }: { question: Question; onSay: (text: string) => void }) {
  return (
    <section className={styles.options} aria-label={question.text}>
      <p className={styles.question}>{question.text}</p>
      <Options options={question.options} onSay={onSay} />
    </section>
  );
}

type ChoicesProps = {
  /** What they answer, where the answer's text ends in a question. */
  question: string;
  choices: Question['options'];
  onSay: (text: string) => void;
};

/** What one may tap instead of saying it. Many, or long ones, are a list: they are read one after the other. */
export function Choices({ question, choices, onSay }: ChoicesProps) {
  return (
    <section className={styles.options} aria-label={question || undefined} data-many={choices.length > 3 || undefined}>
      {question && <p className={styles.question}>{question}</p>}
      <Options options={choices} onSay={onSay} />
    </section>
  );
}

const Options = ({ options, onSay }: { options: Question['options']; onSay: (text: string) => void }) =>
  options.map((option) => (
    <UnstyledButton key={option.say} className={styles.option} onClick={() => onSay(option.say)}>
      {option.label}
    </UnstyledButton>
  ));
