import { type ReactNode, useState } from 'react';
import type { Me } from '../api/types.ts';
import { StoppedBanner } from '../fleet/stopped-banner.tsx';
import { useMay } from '../sign-in/may.ts';
import { useWords } from '../words/use-words.tsx';
import css from './frame.module.css';
import { useKeys } from './keys.ts';
import { KeysHelp } from './keys-help.tsx';
import { Rail } from './rail.tsx';
import type { Route } from './route.ts';
import { UnreachableBanner } from './unreachable-banner.tsx';

/** What is around every page: the rail, the banners when the hub is away or a rollout stopped itself, the keyboard help. */
export function Frame({ me, route, onSignOut, children }: { me: Me; route: Route; onSignOut: () => void; children: ReactNode }) {
  const { w } = useWords();
  const mayRollOut = useMay('rollout:run');
  const [help, setHelp] = useState(false);
  useKeys({ '?': () => setHelp(true) });
  return (
    <div className={css.frame}>
      <button type="button" className={css.skip} onClick={() => document.getElementById('content')?.focus()}>
        {w.app.skip}
      </button>
      <Rail me={me} route={route} onSignOut={onSignOut} onKeys={() => setHelp(true)} />
      <div className={css.stage}>
        <UnreachableBanner />
        {mayRollOut && <StoppedBanner />}
        <main id="content" className={css.main} tabIndex={-1}>
          {children}
        </main>
      </div>
      <KeysHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
