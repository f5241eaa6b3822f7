import type { CustomerView } from '@wayside/hub/api-types';
import type { Post } from './use-customer.ts';
import type { CustomerWords } from './words.ts';

/** What solved it, and one tap for how it was. */
export function Satisfaction({ view, w, post }: { view: CustomerView; w: CustomerWords; post: Post }) {
  return (
    <section className="card" aria-labelledby="how">
      {view.resolution !== null && (
        <>
          <h2>{w.solution}</h2>
          <p className="solution">{view.resolution}</p>
        </>
      )}
      <h2 id="how">{w.how}</h2>
      <div className="taps">
        {(['good', 'bad'] as const).map((satisfaction) => (
          <button
            key={satisfaction}
            type="button"
            className="tap"
            aria-pressed={view.satisfaction === satisfaction}
            onClick={() => void post('satisfaction', { satisfaction })}
          >
            {w[satisfaction]}
          </button>
        ))}
      </div>
      <p className="sub" role="status">
        {view.satisfaction !== null && w.thanks}
      </p>
    </section>
  );
}
