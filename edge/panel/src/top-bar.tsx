import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconBrightness, IconMoon, IconSun } from '@tabler/icons-react';
import { WhoButton } from './people/who-button.tsx';
import { StatusStrip } from './status/status-strip.tsx';
import styles from './top-bar.module.css';
import { useWords } from './words/words.tsx';

const schemes = { auto: IconBrightness, light: IconSun, dark: IconMoon };
const next = { auto: 'light', light: 'dark', dark: 'auto' } as const;

/** A signal mast beside the way. */
function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" width="40" height="40" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <g fill="none" stroke="var(--accent-ink)" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
        <path d="M12.5 6.5v19M8 25.5h9" />
        <path d="M12.5 8H24l-2.6 3.6 2.6 3.6H12.5" fill="var(--accent-ink)" />
      </g>
    </svg>
  );
}

/** Whose panel it is, how the system is, and how it should look and speak. */
export function TopBar() {
  const { words, locale, setLocale } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Scheme = schemes[colorScheme];
  return (
    <header className={styles.bar}>
      <h1 className={styles.name}>
        <Mark />
        <span className={styles.word}>Wayside</span>
      </h1>
      <div className={styles.rest}>
        <StatusStrip />
        <WhoButton />
        <ActionIcon
          className={styles.button}
          variant="subtle"
          aria-label={words.appearance[colorScheme]}
          onClick={() => setColorScheme(next[colorScheme])}
        >
          <Scheme size={28} stroke={1.8} aria-hidden />
        </ActionIcon>
        <ActionIcon
          className={styles.language}
          variant="subtle"
          aria-label={words.switchLanguage}
          lang={locale === 'en' ? 'zh-CN' : 'en'}
          onClick={() => setLocale(locale === 'en' ? 'zh' : 'en')}
        >
          {locale === 'en' ? '中文' : 'EN'}
        </ActionIcon>
      </div>
    </header>
  );
}
