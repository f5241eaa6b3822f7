import { ActionIcon, Button, Chip, Group, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useWords } from '../words/use-words.tsx';
import css from './duty.module.css';
import type { Stretch } from './shift-text.ts';

type Props = { say: { shift: string; anyTime: string }; stretches: Stretch[]; onChange: (stretches: Stretch[]) => void };

/** When somebody works, as stretches of the week. None means: whenever they are signed in. */
export function ShiftFields({ say, stretches, onChange }: Props) {
  const { w } = useWords();
  const put = (at: number, part: Partial<Stretch>) => onChange(stretches.map((each, i) => (i === at ? { ...each, ...part } : each)));
  return (
    <fieldset className={css.shift}>
      <legend>{say.shift}</legend>
      {stretches.length === 0 && <p>{say.anyTime}</p>}
      {stretches.map((stretch, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place
        <div key={at} className={css.stretch}>
          <Chip.Group multiple value={stretch.days.map(String)} onChange={(days) => put(at, { days: days.map(Number).sort() })}>
            <Group gap={4}>
              {w.duty.days.map((name, day) => (
                <Chip key={name} size="xs" value={String(day)}>
                  {name}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <TextInput
            type="time"
            aria-label={w.duty.from}
            value={stretch.from}
            onChange={(event) => put(at, { from: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            aria-label={w.duty.to}
            value={stretch.to}
            onChange={(event) => put(at, { to: event.currentTarget.value })}
          />
          <ActionIcon aria-label={w.duty.remove} onClick={() => onChange(stretches.filter((_, i) => i !== at))}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...stretches, { days: [0, 1, 2, 3, 4], from: '08:00', to: '17:00' }])}
      >
        {w.duty.add}
      </Button>
    </fieldset>
  );
}
