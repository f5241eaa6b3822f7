import type { CustomerView } from '@wayside/hub/api-types';
import { useState } from 'react';
import type { Post } from './use-customer.ts';
import type { CustomerWords } from './words.ts';

/** What the person agrees to; each can be taken back. */
export function Consents({ view, w, post }: { view: CustomerView; w: CustomerWords; post: Post }) {
  // What was just tapped shows at once; what the hub did not take goes back.
  const [tapped, setTapped] = useState<Partial<CustomerView['consents']>>({});
  const agree = async (what: 'contact' | 'mood', to: boolean) => {
    setTapped((now) => ({ ...now, [what]: to }));
    await post('consents', { [what]: to });
    setTapped(({ [what]: _, ...rest }) => rest);
  };
  return (
    <section className="card" aria-labelledby="consents">
      <h2 id="consents">{w.consents}</h2>
      {(['contact', 'mood'] as const).map((what) => (
        <label key={what} className="consent">
          <input
            type="checkbox"
            checked={tapped[what] ?? view.consents[what]}
            onChange={(event) => void agree(what, event.currentTarget.checked)}
          />
          <span>{w[what]}</span>
        </label>
      ))}
    </section>
  );
}
