import { describe, expect, it } from 'vitest';
import { hashOf, routeOf } from './route.ts';

describe('an address', () => {
  it.each([
    { page: 'queue' },
    { page: 'case', id: 'c_01/odd id' },
    { page: 'articles' },
    { page: 'article', id: 'coolant-low', locale: 'zh' },
    { page: 'new-article' },
    { page: 'fleet' },
    { page: 'ledger', edge: 'edge/1' },
    { page: 'insight' },
    { page: 'account' },
  ] as const)('of $page leads back to it', (route) => expect(routeOf(hashOf(route))).toEqual(route));

  it('with a one-time token signs in by it', () => expect(routeOf('#once=ab%2Bc')).toEqual({ page: 'once', token: 'ab+c' }));

  it('with a problem of the company’s sign-in says so', () =>
    expect(routeOf('#company=forbidden')).toEqual({ page: 'company', problem: 'forbidden' }));

  it('of a sign-in in a window of its own is where that closes', () => expect(routeOf('#signed-in')).toEqual({ page: 'signed-in' }));

  it.each(['', '#', '#/', '#/nowhere', '#/cases', '#/%E0%A4%A'])('that names nothing is the queue: %s', (hash) =>
    expect(routeOf(hash)).toEqual({ page: 'queue' }),
  );

  it('of an article in a language nobody speaks is the list of articles', () => {
    expect(routeOf('#/articles/coolant-low/fr')).toEqual({ page: 'articles' });
  });
});
