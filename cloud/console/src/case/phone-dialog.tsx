import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { Qr } from '@wayside/web/qr';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { ActDialog, type ActDialogProps } from '../shell/act-dialog.tsx';
import { sayTime } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';

/** A link with which the person follows their case on a phone: to be read off the screen, or passed on. */
export function PhoneDialog({ view, onClose }: ActDialogProps) {
  const { w, locale } = useWords();
  const [made, setMade] = useState<{ url: string; expiresAt: number } | undefined>();
  const make = useAct(async () => {
    const { link, expiresAt } = await hub.customerLink(view.id);
    setMade({ url: new URL(link, document.baseURI).href, expiresAt });
  });
  return (
    <ActDialog title={w.acts.phone} hint={w.phone.hint} act={make} button={w.phone.button} ready={made === undefined} onClose={onClose}>
      {made && (
        <>
          <Qr text={made.url} label={w.phone.code} />
          <Group align="end" gap="xs" wrap="nowrap">
            <TextInput
              style={{ flex: 1 }}
              label={w.phone.link}
              description={w.phone.until(sayTime(made.expiresAt, locale))}
              readOnly
              value={made.url}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton value={made.url}>
              {({ copied, copy }) => (
                <Button variant="default" size="sm" onClick={copy}>
                  {copied ? w.phone.copied : w.phone.copy}
                </Button>
              )}
            </CopyButton>
          </Group>
        </>
      )}
    </ActDialog>
  );
}
