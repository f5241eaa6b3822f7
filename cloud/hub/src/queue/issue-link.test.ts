import { describe, expect, it } from 'vitest';
import { thing } from '../scenario.ts';
import { startDesk, view } from './desk-scenario.ts';

describe('a case of a known issue', () => {
  it('is offered the issues that are about its machine, says which it belongs to, and is counted there', async () => {
    const desk = await startDesk();
    const issue = {
      issue: 'coil-2026',
      family: 'vehicle',
      maker: 'Seat',
      title: { en: 'Weak coil', zh: '点火线圈' },
      text: { en: 'x', zh: 'x' },
      severity: 'advice',
      safety: 'go-on',
    };
    await desk.edge.tell('thing', thing());
    await desk.site.as('POST', '/v1/issues', issue);
    await desk.site.as('POST', '/v1/issues', { ...issue, issue: 'other', maker: 'Volvo' });
    await desk.tell('c-known');
    expect((await view(desk.ada, 'c-known')).issues).toEqual([{ issue: 'coil-2026', title: issue.title }]);
    expect((await desk.ada('POST', '/v1/cases/c-known/issue', { issue: 'coil-2026' })).body).toMatchObject({ issue: 'coil-2026' });
    const listed = (await desk.site.as<{ issues: { issue: string; cases: number }[] }>('GET', '/v1/issues')).body.issues;
    expect(listed.find((each) => each.issue === 'coil-2026')?.cases).toBe(1);
    expect((await desk.ada('POST', '/v1/cases/c-known/issue', { issue: 'none' })).status).toBe(404);
    expect((await desk.ada('POST', '/v1/cases/c-known/issue', { issue: null })).body).toMatchObject({ issue: null });
    await desk.site.end();
  });
});
