import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { sayTime } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';

export type Made = { link: string; expiresAt?: number };

/** A link that signs somebody in, once: to be passed on to them. */
export function LinkMade({ made }: { made: Made }) {
  const { w, locale } = useWords();
  const url = new URL(made.link, document.baseURI).href;
  return (
    <Group align="end" gap="xs" wrap="nowrap">
      <TextInput
        style={{ flex: 1 }}
        label={w.technicians.link}
        description={made.expiresAt ? w.technicians.until(sayTime(made.expiresAt, locale)) : w.technicians.soon}
        readOnly
        value={url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button variant="default" size="sm" onClick={copy}>
            {copied ? w.phone.copied : w.phone.copy}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
