import { Qr } from '@wayside/web/qr';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { ActDialog, type ActDialogProps } from '../shell/act-dialog.tsx';
import { LinkField } from '../shell/link-field.tsx';
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
    <ActDialog
      title={w.acts.phone}
      hint={w.phone.hint}
      act={make}
      button={w.phone.button}
      ready
      done={made !== undefined}
      onClose={onClose}
    >
      {made && (
        <>
          <Qr text={made.url} label={w.phone.code} />
          <LinkField url={made.url} label={w.phone.link} until={w.phone.until(sayTime(made.expiresAt, locale))} />
        </>
      )}
    </ActDialog>
  );
}
