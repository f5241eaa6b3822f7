import { Button, type ButtonProps } from '@mantine/core';
import { useState } from 'react';
import type { Act } from '../api/act.ts';
import { ActDialog } from './act-dialog.tsx';

type Props = {
  label: string;
  title: string;
  /** What it does, and whether it can be undone. */
  hint: string;
  act: Act<[]>;
} & Pick<ButtonProps, 'size'>;

/** A button for what cannot simply be undone: it says first what it does. `act` takes it away by changing what is on screen. */
export function SureButton({ label, title, hint, act, size = 'xs' }: Props) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size={size} variant="default" onClick={() => setAsking(true)}>
        {label.endsWith('…') ? label : `${label}…`}
      </Button>
      {asking && <ActDialog title={title} hint={hint} act={act} button={label.replace(/…$/, '')} ready onClose={() => setAsking(false)} />}
    </>
  );
}
