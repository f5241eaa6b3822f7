import { Button } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import { useWords } from '../words/use-words.tsx';

const path = 'v1/auth/company';
const size = 'popup,width=520,height=720';

/**
 * The way in through the company's own sign-in, where there is one.
 * @param over a page waits below with what was being written: it is done in a window over it, and the page stays
 */
export function CompanyButton({ over = false }: { over?: boolean }) {
  const { w } = useWords();
  const { data: ways } = useLoaded('ways', hub.ways);
  if (!ways?.company) return null;
  return (
    <Button
      component="a"
      href={path}
      // A browser that opens no window for us goes there with this page, as a link does.
      onClick={(event) => over && open(`${path}?window=true`, 'wayside-sign-in', size) && event.preventDefault()}
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
