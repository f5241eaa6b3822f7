import { Button } from '@mantine/core';
import type { Skill, TechnicianRow } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { Tag } from '../shell/tag.tsx';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './technicians.module.css';
import type { Way } from './way-dialog.tsx';

type Props = { one: TechnicianRow; self: boolean; skills: Skill[]; onAct?: (what: 'edit' | Way) => void };

/** Somebody: who they are, what they take on, whether they are in, and what can be done about it. */
export function TechnicianLine({ one, self, skills, onAct }: Props) {
  const { w, pick, locale } = useWords();
  const now = useNow();
  const nameOf = (id: string) => pick(skills.find((each) => each.id === id)?.title ?? { en: id, zh: id });
  const { duty, places, seenAt, disabled } = one;
  const about = [
    one.tenant !== '*' && one.tenant,
    duty.languages.map((each) => w.language[each]).join(w.shell.comma),
    duty.skills.map(nameOf).join(w.shell.comma),
    duty.hours === '' ? w.technicians.anyTime : `${duty.hours} (${duty.zone})`,
    seenAt !== null && w.technicians.seen(sayWhen(seenAt, now, locale)),
  ];
  const act = (what: 'edit' | Way, text: string) =>
    onAct && (
      <Button size="xs" variant="default" aria-label={`${text}: ${one.name}`} onClick={() => onAct(what)}>
        {text}
      </Button>
    );
  const { buttons } = w.technicians;
  return (
    <li className={css.line} data-disabled={disabled || undefined}>
      <span className={css.name}>
        <b>{one.name}</b>
        <span className={css.quiet}>{about.filter(Boolean).join(' · ')}</span>
      </span>
      <Tag tone={disabled ? 'warning' : 'quiet'}>{disabled ? w.technicians.disabled : w.technicians.roles[one.role]}</Tag>
      {places > 0 && <Tag tone="good">{w.technicians.places(places)}</Tag>}
      <span className={css.acts}>
        {!disabled && act('edit', buttons.edit)}
        {places > 0 && act('signOut', buttons.signOut)}
        {!disabled && act('reset', buttons.reset)}
        {!disabled && !self && act('disable', buttons.disable)}
        {disabled && act('enable', buttons.enable)}
      </span>
    </li>
  );
}
