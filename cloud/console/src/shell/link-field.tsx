import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { useWords } from '../words/use-words.tsx';

/** A link to be passed on: read whole, marked with one touch, copied with one more. @param until says how long it is good */
export function LinkField({ url, label, until }: { url: string; label: string; until: string }) {
  const { w } = useWords();
  return (
    <Group align="end" gap="xs" wrap="nowrap">
      <TextInput
        style={{ flex: 1 }}
        label={label}
        description={until}
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
