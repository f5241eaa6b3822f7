import { Tooltip } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconCircleDashed, IconInfoCircle, IconTool } from '@tabler/icons-react';
import type { Severity } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';

const looks = {
  danger: { Icon: IconAlertOctagon, color: 'var(--danger)' },
  warning: { Icon: IconAlertTriangle, color: 'var(--warning)' },
  advice: { Icon: IconTool, color: 'var(--advice)' },
  info: { Icon: IconInfoCircle, color: 'var(--ink-3)' },
} as const;

/** How bad it is, by shape as well as colour. */
export function SeverityMark({ severity, size = 18 }: { severity: Severity | string | undefined; size?: number }) {
  const { w } = useWords();
  if (severity === undefined || !(severity in looks)) return <IconCircleDashed size={size} stroke={1.4} color="var(--ink-3)" aria-hidden />;
  const { Icon, color } = looks[severity as Severity];
  const word = w.severity[severity as Severity];
  return (
    <Tooltip label={word}>
      <Icon size={size} stroke={1.7} color={color} role="img" aria-label={word} style={{ flexShrink: 0 }} />
    </Tooltip>
  );
}
