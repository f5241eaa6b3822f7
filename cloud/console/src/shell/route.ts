import { useSyncExternalStore } from 'react';
import type { Locale } from '../api/types.ts';

export type Route =
  | { page: 'queue' }
  | { page: 'case'; id: string }
  | { page: 'articles' }
  | { page: 'article'; id: string; locale: Locale }
  | { page: 'new-article' }
  | { page: 'fleet' }
  | { page: 'ledger'; edge: string }
  | { page: 'insight' }
  | { page: 'replay' }
  | { page: 'duty' }
  | { page: 'hooks' }
  | { page: 'technicians' }
  | { page: 'account' }
  | { page: 'once'; token: string }
  | { page: 'company'; problem: string }
  | { page: 'signed-in' };

/** The page an address names. An address nobody knows is the queue: there is always work there. */
export function routeOf(hash: string): Route {
  const once = /^#once=(.+)$/.exec(hash);
  if (once) return { page: 'once', token: part(once[1]!) };
  const company = /^#company=([\w-]+)$/.exec(hash);
  if (company) return { page: 'company', problem: company[1]! };
  if (hash === '#signed-in') return { page: 'signed-in' };
  const [page, id, locale] = hash.replace(/^#\/?/, '').split('/').map(part);
  if (page === 'cases' && id) return { page: 'case', id };
  if (page === 'articles' && id === 'new') return { page: 'new-article' };
  if (page === 'articles' && id && (locale === 'en' || locale === 'zh')) return { page: 'article', id, locale };
  if (page === 'articles') return { page: 'articles' };
  if (page === 'fleet' && id) return { page: 'ledger', edge: id };
  if (page === 'fleet') return { page: 'fleet' };
  if (page === 'insight') return { page: 'insight' };
  if (page === 'replay') return { page: 'replay' };
  if (page === 'hooks') return { page: 'hooks' };
  if (page === 'technicians') return { page: 'technicians' };
  if (page === 'account') return { page: 'account' };
  if (page === 'duty') return { page: 'duty' };
  return { page: 'queue' };
}

/** Pages one comes to by a link from elsewhere only. */
type Arrival = Extract<Route, { page: 'once' | 'company' | 'signed-in' }>;

/** The address of a page, for links. */
export function hashOf(route: Exclude<Route, Arrival>): string {
  switch (route.page) {
    case 'case':
      return `#/cases/${encodeURIComponent(route.id)}`;
    case 'article':
      return `#/articles/${encodeURIComponent(route.id)}/${route.locale}`;
    case 'new-article':
      return '#/articles/new';
    case 'ledger':
      return `#/fleet/${encodeURIComponent(route.edge)}`;
    default:
      return `#/${route.page}`;
  }
}

export function go(route: Exclude<Route, Arrival>): void {
  location.hash = hashOf(route);
}

function part(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const subscribe = (changed: () => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

/** The hash as it is now; changes re-render. */
export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash);
