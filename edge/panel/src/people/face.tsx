import { IconUser, IconUserQuestion } from '@tabler/icons-react';
import styles from './people.module.css';

/** Somebody in a circle: the first letter of the name, in one of six colours that is always theirs; a guest, and nobody, as a figure. */
export function Face({ name, guest = false, size = 40 }: { name?: string | undefined; guest?: boolean; size?: number }) {
  const tone = name === undefined ? undefined : [...name].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % 6;
  return (
    // The letter is drawn, not written: read aloud or matched with the name, it would be in the way.
    <span
      className={styles.face}
      data-tone={tone}
      data-letter={name && [...name][0]?.toUpperCase()}
      style={{ width: size, height: size, fontSize: size * 0.5 }}
      aria-hidden="true"
    >
      {name ? null : guest ? <IconUserQuestion size={size * 0.62} /> : <IconUser size={size * 0.62} />}
    </span>
  );
}
