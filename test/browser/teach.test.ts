import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** What people say that no pack knows, what means the same, and what the console says, by language. */
const said = {
  en: {
    ...{ asked: 'Whats the gremlin under the bonnet', alike: 'What is it grumbling about', near: 'what is it grumbling abuot?' },
    ...{ locale: 'en-GB', teach: 'Teach it', sentences: 'Sentences, one a line', means: 'They mean', why: 'What is wrong?' },
    ...{ publish: 'Teach every edge', published: 'understood', withdraw: 'Take back', withdrawn: 'taken back' },
  },
  zh: {
    ...{ asked: '引擎盖底下闹什么鬼', alike: '它嘟囔个啥呢', near: '它嘟囔个啥呢？' },
    ...{ locale: 'zh-CN', teach: '教它听懂', sentences: '句子，每行一句', means: '它们的意思是', why: '出了什么问题？' },
    ...{ publish: '教给所有边缘端', published: '已听懂', withdraw: '撤回', withdrawn: '已撤回' },
  },
} as const;
type Language = keyof typeof said;
const languages = Object.keys(said) as Language[];

/** What people ask in words no pack knows is given its meaning on the insight page, and taken back. */
describe('a question that becomes a phrase', () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    [site, browser] = await Promise.all([createSite(), launchBrowser()]);
    await site.play('vehicle/misfire', { thing: 'car-1' });
    for (const locale of [...languages, ...languages]) {
      const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale, thing: 'car-1' });
      await site.operator.post(`/v1/sessions/${session}/turns`, { text: said[locale].asked });
      const { case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`);
      await until('the case', async () => (await site.technician.raw(`/v1/cases/${id}`)).ok);
    }
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function understood(locale: Language, text: string): Promise<string> {
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale, thing: 'car-1' });
    const { understanding } = await site.operator.post(`/v1/sessions/${session}/turns`, { text });
    return understanding.intent ?? understanding.kind;
  }

  it.each(languages)(
    'is understood at every edge once it was published, and no more once it was taken back: %s',
    {
      timeout: 120_000,
    },
    async (language) => {
      const { asked, alike, near, ...words } = said[language];
      expect(await understood(language, asked)).not.toBe('why');
      const page = await signedIn(browser, site, { locale: words.locale, dark: language === 'zh' });
      await page.goto(`${site.hubUrl}/#/insight`);
      await page.getByRole('row', { name: asked }).getByRole('button', { name: words.teach }).click();
      const dialog = page.getByRole('dialog');
      const sentences = dialog.getByLabel(words.sentences);
      expect(await sentences.inputValue()).toContain(asked);
      await sentences.fill(`${asked}?\n${alike}`);
      await dialog.getByRole('combobox', { name: words.means }).click();
      await page.getByRole('option', { name: words.why }).click();
      await shot(page, `teach-dialog-${language}`);
      expect(await barriers(page)).toEqual([]);
      await dialog.getByRole('button', { name: words.publish }).click();
      await until('it is understood', async () => (await understood(language, asked)) === 'why');
      expect(await understood(language, near)).toBe('why');
      await page.getByText(words.published, { exact: true }).waitFor();
      await shot(page, `teach-list-${language}`);
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: words.withdraw }).click();
      await until('it is forgotten', async () => (await understood(language, asked)) !== 'why');
      await page.getByText(words.withdrawn, { exact: true }).first().waitFor();
      await page.context().close();
    },
  );

  it('takes no template, no empty set and no meaning it does not know', async () => {
    const set = { family: 'vehicle', locale: 'en', intent: 'why', sentences: ['what is up'] };
    const post = async (body: object) => (await site.technician.raw('/v1/phrases', { method: 'POST', body: JSON.stringify(body) })).status;
    expect(await post(set)).toBe(201);
    expect(await post({ ...set, sentences: ['[what] {signal}'] })).toBe(400);
    expect(await post({ ...set, sentences: [] })).toBe(400);
    expect(await post({ ...set, intent: 'emergency' })).toBe(400);
    expect((await site.technician.raw('/v1/phrases/nowhere/withdraw', { method: 'POST' })).status).toBe(404);
  });
});
