import type { ReactNode } from 'react';
import css from './tag.module.css';

export type Tone = 'quiet' | 'good' | 'warning' | 'danger' | 'urgent';

/** A state in a word. The tones keep 4.5:1 between text and ground in light and dark (WCAG 1.4.3). */
export const Tag = ({ tone = 'quiet', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={css.tag} data-tone={tone}>
    {children}
  </span>
);
