import { Menu, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import {
  IconBook2,
  IconChartBar,
  IconHistory,
  IconInbox,
  IconKey,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconServer2,
  IconSun,
  IconUser,
  IconUserCog,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';
import type { Me } from '../api/types.ts';
import { useMay } from '../sign-in/may.ts';
import { useWords } from '../words/use-words.tsx';
import css from './frame.module.css';
import { hashOf, type Route } from './route.ts';

const pages = [
  { page: 'queue', Icon: IconInbox, within: ['queue', 'case'] },
  { page: 'articles', Icon: IconBook2, within: ['articles', 'article', 'new-article'] },
  { page: 'fleet', Icon: IconServer2, within: ['fleet', 'ledger'] },
  { page: 'insight', Icon: IconChartBar, within: ['insight'] },
  { page: 'replay', Icon: IconHistory, within: ['replay'] },
] as const;

/** Where to go, on the left; on a phone, at the bottom under the thumb. */
export function Rail({ me, route, onSignOut, onKeys }: { me: Me; route: Route; onSignOut: () => void; onKeys: () => void }) {
  const { w } = useWords();
  const mayRead = useMay('case:read');
  const mayReplay = useMay('policy:replay');
  return (
    <nav className={css.rail} aria-label={w.nav.label}>
      <img className={css.mark} src="./mark.svg" width={30} height={30} alt={w.app.name} />
      {pages
        .filter(({ page }) => mayRead && (page !== 'replay' || mayReplay))
        .map(({ page, Icon, within }) => (
          <a
            key={page}
            className={css.link}
            href={hashOf({ page })}
            aria-current={(within as readonly string[]).includes(route.page) ? 'page' : undefined}
          >
            <Icon size={20} stroke={1.6} aria-hidden />
            {w.nav[page]}
          </a>
        ))}
      <div className={css.spring} />
      <Account me={me} onSignOut={onSignOut} onKeys={onKeys} />
    </nav>
  );
}

function Account({ me, onSignOut, onKeys }: { me: Me; onSignOut: () => void; onKeys: () => void }) {
  const { w, locale, setLocale } = useWords();
  const mayHook = useMay('hook:manage');
  const maySeeTechnicians = useMay('technician:read');
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <Menu position="right-end" width={200} shadow="sm">
      <Menu.Target>
        <UnstyledButton className={css.link} aria-label={`${w.shell.account}: ${me.name}`}>
          <IconUser size={20} stroke={1.6} aria-hidden />
          <span style={{ maxWidth: 62, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{me.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.name}</Menu.Label>
        <Menu.Item component="a" href={hashOf({ page: 'duty' })} leftSection={<IconUserCog size={16} aria-hidden />}>
          {w.nav.duty}
        </Menu.Item>
        <Menu.Item component="a" href={hashOf({ page: 'account' })} leftSection={<IconKey size={16} aria-hidden />}>
          {w.nav.account}
        </Menu.Item>
        {maySeeTechnicians && (
          <Menu.Item component="a" href={hashOf({ page: 'technicians' })} leftSection={<IconUsers size={16} aria-hidden />}>
            {w.nav.technicians}
          </Menu.Item>
        )}
        {mayHook && (
          <Menu.Item component="a" href={hashOf({ page: 'hooks' })} leftSection={<IconWebhook size={16} aria-hidden />}>
            {w.nav.hooks}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLanguage size={16} aria-hidden />}
          aria-label={w.shell.languageLabel}
          onClick={() => setLocale(locale === 'en' ? 'zh' : 'en')}
        >
          {w.shell.language}
        </Menu.Item>
        <Menu.Item
          leftSection={dark ? <IconSun size={16} aria-hidden /> : <IconMoon size={16} aria-hidden />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? w.shell.toLight : w.shell.toDark}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} rightSection="?" onClick={onKeys}>
          {w.shell.keys}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={onSignOut}>
          {w.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
