import { type ReactNode, useId } from 'react';
import css from './case.module.css';

/** A titled part of a pane. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.sectionHead}>
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Says that there is nothing, so that absence is never mistaken for not loaded. */
export const Nothing = ({ children }: { children: ReactNode }) => <p className={css.nothing}>{children}</p>;
