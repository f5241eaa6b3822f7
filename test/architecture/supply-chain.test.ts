import { expect, it } from 'vitest';
import { judgeAdvisories } from '../../scripts/judge-advisories.ts';

const advisory = (id: string) => ({ url: `https://github.com/advisories/${id}`, title: 'Reads too far', severity: 'high' });
/** As npm says it: of `b` only that it is unsafe by way of `a`. */
const audit = { vulnerabilities: { a: { via: [advisory('GHSA-1'), advisory('GHSA-2')] }, b: { via: ['a'] } } };
const accept = (id: string, until = '2027-01-01', reason = 'we do not call it') => ({ advisory: id, reason, until });

it('lets through an advisory that was accepted with a reason, until its day', () => {
  expect(judgeAdvisories(audit, [accept('GHSA-1'), accept('GHSA-2')], '2026-12-01').open).toEqual([]);
  expect(judgeAdvisories(audit, [accept('GHSA-1'), accept('GHSA-2')], '2027-01-02').open).toHaveLength(2);
  expect(judgeAdvisories(audit, [accept('GHSA-1', '2027-01-01', ''), accept('GHSA-2')], '2026-12-01').open).toEqual([
    'a: Reads too far (high) https://github.com/advisories/GHSA-1',
  ]);
});

it('says which accepted ones are not found any more', () => {
  expect(judgeAdvisories({ vulnerabilities: {} }, [accept('GHSA-3')], '2026-12-01')).toEqual({ open: [], needless: ['GHSA-3'] });
});
