import { Button } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import { useWords } from '../words/use-words.tsx';

/** The way in through the company's own sign-in, where there is one. */
export function CompanyButton() {
  const { w } = useWords();
  const { data: ways } = useLoaded('ways', hub.ways);
  if (!ways?.company) return null;
  return (
    <Button
      component="a"
      href="v1/auth/company"
      variant="default"
      size="sm"
      mt="sm"
      fullWidth
      leftSection={<IconBuilding size={16} aria-hidden />}
    >
      {w.signIn.company}
    </Button>
  );
}
