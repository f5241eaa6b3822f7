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

/** What one may tap instead of saying it. */
export function Choices({ choices, onSay }: { choices: Question['options']; onSay: (text: string) => void }) {
  return (
    <div className={styles.options}>
      <Options options={choices} onSay={onSay} />
    </div>
  );
}

const Options = ({ options, onSay }: { options: Question['options']; onSay: (text: string) => void }) =>
  options.map((option) => (
    <UnstyledButton key={option.say} className={styles.option} onClick={() => onSay(option.say)}>
      {option.label}
    </UnstyledButton>
  ));
