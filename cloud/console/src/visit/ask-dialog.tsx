import { Checkbox, NumberInput, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { VisitFrame } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';

type Actions = NonNullable<VisitFrame['actions']>;
type Args = Record<string, string | number | boolean>;
type Argument = Actions[string]['args'][string];

/** What the machine can do: what it would bring about, how grave that is, what takes it back. The person at the machine is asked; nothing happens before. */
export function AskDialog({ caseId, actions, onClose }: { caseId: string; actions: Actions; onClose: () => void }) {
  const { w, pick } = useWords();
  const [name, setName] = useState(Object.keys(actions)[0] ?? '');
  const [args, setArgs] = useState<Args>({});
  const action = actions[name];
  const wanted = Object.entries(action?.args ?? {});
  const given = Object.fromEntries(wanted.map(([id, { type }]) => [id, args[`${name} ${id}`] ?? (type === 'boolean' ? false : '')]));
  const ask = useAct(async () => {
    await hub.ask(caseId, name, given);
    onClose();
  });
  const ready = action !== undefined && Object.values(given).every((value) => value !== '');
  return (
    <ActDialog title={w.visit.ask} hint={w.visit.askHint} act={ask} button={w.visit.askButton} ready={ready} onClose={onClose}>
      <Radio.Group label={w.visit.action} value={name} onChange={setName}>
        <Stack gap={6} mt={6}>
          {Object.entries(actions).map(([id, { title, effect, risk, undo }]) => (
            <Radio
              key={id}
              size="sm"
              value={id}
              label={pick(title)}
              description={
                <>
                  {[w.visit.risk[risk], undo && sayUndo(id, undo.name, title)].filter(Boolean).join(' · ')}
                  <br />
                  {effect && pick(effect)}
                </>
              }
            />
          ))}
        </Stack>
      </Radio.Group>
      {wanted.map(([id, argument]) => (
        <Field
          key={`${name} ${id}`}
          label={labelOf(id, argument)}
          argument={argument}
          value={given[id] ?? ''}
          onChange={(value) => setArgs((now) => ({ ...now, [`${name} ${id}`]: value }))}
        />
      ))}
      {action?.risk === 'R2' && (
        <Text size="sm" fw={600}>
          {w.visit.disrupts}
        </Text>
      )}
    </ActDialog>
  );

  /** What is switched back by the same action needs no other's name. */
  function sayUndo(id: string, by: string, title: Actions[string]['title']): string {
    return by === id ? w.visit.undoable : w.visit.undo(pick(actions[by]?.title ?? title));
  }

  function labelOf(id: string, { title, unit }: Argument): string {
    const text = title === undefined ? id : typeof title === 'string' ? title : pick(title);
    return unit ? `${text} (${unit})` : text;
  }
}

type FieldProps = { label: string; argument: Argument; value: Args[string]; onChange: (value: Args[string]) => void };

function Field({ label, argument: { type, min, max, states }, value, onChange }: FieldProps) {
  if (type === 'boolean')
    return <Checkbox label={label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
  if (states) return <Select label={label} required data={states} value={String(value)} onChange={(state) => onChange(state ?? '')} />;
  if (type === 'string')
    return <TextInput label={label} required value={String(value)} onChange={(event) => onChange(event.currentTarget.value)} />;
  const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  return (
    <NumberInput
      label={label}
      required
      value={value as number}
      {...range}
      onChange={(number) => onChange(typeof number === 'number' ? number : '')}
    />
  );
}
