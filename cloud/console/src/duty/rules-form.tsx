import { Button, Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { QueueRules } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './duty.module.css';

/** Every number of the rules by its path, such as `promise.urgent.reply`. */
export const numbersOf = (rules: object, at = ''): [string, number][] =>
  Object.entries(rules).flatMap(([key, value]): [string, number][] =>
    typeof value === 'number' ? [[`${at}${key}`, value]] : numbersOf(value as object, `${at}${key}.`),
  );

/** The rules with one number replaced. */
export function withNumber(rules: QueueRules, path: string, value: number): QueueRules {
  const next = structuredClone(rules) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  let at = next;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[keys.at(-1)!] = value;
  return next as unknown as QueueRules;
}

/** How the queue is ordered and what is promised, as numbers; an admin changes them. */
export function RulesForm({ saved, mayChange, onSaved }: { saved: QueueRules; mayChange: boolean; onSaved: (rules: QueueRules) => void }) {
  const { w } = useWords();
  const [rules, setRules] = useState(saved);
  const save = useAct(async () => onSaved(await hub.saveQueueRules(rules)));
  const words: Record<string, string> = w.duty.rules;
  return (
    <section className={css.box} aria-labelledby="rules-title">
      <h2 id="rules-title">{w.duty.rulesTitle}</h2>
      <p>{w.duty.rulesHint}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <div className={css.numbers}>
          {numbersOf(rules).map(([path, value]) => (
            <NumberInput
              key={path}
              size="xs"
              label={words[path] ?? path}
              min={0}
              step={path.endsWith('warn') ? 0.05 : 1}
              readOnly={!mayChange}
              hideControls={!mayChange}
              value={value}
              onChange={(next) => setRules(withNumber(rules, path, Number(next) || 0))}
            />
          ))}
        </div>
        <Trouble error={save.error} />
        {mayChange && (
          <Group mt="sm">
            <Button size="sm" type="submit" loading={save.busy} disabled={JSON.stringify(rules) === JSON.stringify(saved)}>
              {w.editor.save}
            </Button>
          </Group>
        )}
      </form>
    </section>
  );
}
