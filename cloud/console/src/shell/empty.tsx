import { Center, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Nothing here, and what would put something here. */
export function Empty({ icon, title, hint, children }: { icon: ReactNode; title: string; hint?: string; children?: ReactNode }) {
  return (
    <Center p="xl" mih={260}>
      <Stack align="center" gap={6} maw={380} ta="center">
        <span style={{ color: 'var(--ink-3)', lineHeight: 0 }} aria-hidden>
          {icon}
        </span>
        <Text fw={600}>{title}</Text>
        {hint && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
        {children}
      </Stack>
    </Center>
  );
}
