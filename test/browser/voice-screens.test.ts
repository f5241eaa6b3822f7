import type { Run } from '@wayside/simulators';
import { connectAsync } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scriptedEars, scriptedMouth } from '../../edge/agent/src/voice/scripted.ts';
import { launchBrowser, openPage, type PageOptions, shot, sizes } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { misfiringCar } from './live-thing.ts';

/** The panel's screens of a conversation by voice: what is heard is told to the ears by hand, the microphone and the loudspeaker are the browser's. */
describe('talking to the panel, on the screen', () => {
  const scripted = scriptedEars();
  const ears = { ...scripted, hears: () => true, state: () => ({ ...scripted.state(), tellsVoices: true as const }) };
  let mute = false;
  const mouth = { ...scriptedMouth(300), speaks: () => !mute };
  let site: Site;
  let car: Run;
  let browser: Browser;

  const open = async (options: PageOptions = {}) => openPage(browser, site.edge().panelLink(), { size: 'kiosk', ...options });
  const say = (text: string) => ears.heard({ kind: 'final', text, confidence: 0.9, fromMs: 0, toMs: 900, decodeMs: 40 });
  const looks = (Object.keys(sizes) as (keyof typeof sizes)[]).flatMap(
    (size) =>
      [
        [size, 'en'],
        [size, 'zh'],
      ] as const,
  );
  const beyond = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  beforeAll(async () => {
    site = await createSite({ hub: false, ears, synthesizer: mouth });
    [browser, car] = await Promise.all([launchBrowser({ microphone: true }), misfiringCar(site)]);
  });
  afterAll(async () => {
    await browser?.close();
    await car?.stop();
    await site?.close();
  });

  it.each(looks)('fits a %s in %s, from the first touch to the answer', async (size, language) => {
    const zh = language === 'zh';
    const { page, complaints } = await open({ size, locale: zh ? 'zh-CN' : 'en-GB', dark: zh });
    const before = ears.samples();
    await page.getByRole('button', { name: zh ? '说话' : 'Talk', exact: true }).click();
    await page
      .getByRole('status')
      .getByText(zh ? '请说，我在听' : 'I am listening')
      .waitFor();
    await until('sound of the microphone', () => ears.samples() > before + 4_000);
    await shot(page, `voice-listening-${size}-${language}`);
    ears.heard({ kind: 'speech-started', atMs: 0 });
    ears.heard({ kind: 'partial', text: zh ? 'P零三零一是什么' : 'what does P zero three zero one', atMs: 900 });
    await page.getByText(zh ? 'P零三零一是什么' : 'what does P zero three zero one').waitFor();
    await shot(page, `voice-partial-${size}-${language}`);
    say(zh ? 'P零三零一是什么意思' : 'what does P zero three zero one mean');
    await page
      .getByRole('status')
      .getByText(zh ? '正在回答' : 'Speaking')
      .waitFor();
    await page.getByRole('article', { name: 'Wayside' }).getByText('P0301').first().waitFor();
    await page.getByRole('button', { name: zh ? '听到的是 P0301，点按可更正' : 'Heard P0301. Tap to correct' }).waitFor();
    await shot(page, `voice-speaking-${size}-${language}`);
    expect(await beyond(page)).toBeLessThanOrEqual(1);
    const talk = await page.locator('form button').last().boundingBox();
    expect(talk?.height).toBeGreaterThanOrEqual(64);
    await page.getByRole('button', { name: zh ? '结束对话' : 'End talking' }).click();
    await page.getByRole('button', { name: zh ? '说话' : 'Talk', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('a code that was misheard is put right with a touch, and the question is asked anew with it', async () => {
    const { page } = await open({ size: 'phone' });
    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    await page.getByRole('status').getByText('I am listening').waitFor();
    say('what does P zero three zero seven mean');
    await page.getByRole('button', { name: 'Heard P0307. Tap to correct' }).click();
    await page.getByRole('textbox', { name: 'Heard P0307. Tap to correct' }).fill('p0301');
    await shot(page, 'voice-correct-phone-en');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'You' }).getByText('what does P0301 mean').waitFor();
    await page.context().close();
  });

  it('holding the button or F2 is push to talk, a tap is not, and a touch takes the floor while an answer is spoken', {
    timeout: 120_000,
  }, async () => {
    const { page } = await open();
    const told = () => ears.told.at(-1);
    // A key counts from when there is somebody to talk to.
    await page.getByRole('button', { name: 'Talk', exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Message' }).focus();
    await page.keyboard.down('F2');
    await page.getByRole('status').getByText('I am listening').waitFor();
    expect(told()).toBe('held');
    await page.waitForTimeout(400);
    await page.keyboard.up('F2');
    await until('the end of what is said', () => told() === 'finish');
    say('Why did the warning light come on?');
    await page.getByRole('status').getByText('Speaking').waitFor();
    await page.waitForTimeout(600);
    const count = mouth.asked.length;
    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    await page.getByRole('status').getByText('I am listening').waitFor();
    say('Can I drive on?');
    const { session } = await until('the conversation', async () => {
      const key = await page.evaluate(() => Object.entries(localStorage).find(([, value]) => value.includes('"session"'))?.[1]);
      return key ? JSON.parse(key) : undefined;
    });
    const turn = await until('the turn', async () =>
      (await site.operator.get(`/v1/sessions/${session}`)).turns.find(({ text }: any) => text === 'Can I drive on?'),
    );
    expect(turn.voice.cut.unsaid.length).toBeGreaterThan(10);
    expect(mouth.asked.length).toBeGreaterThanOrEqual(count);
    await page.context().close();
  });

  it('silences the loudspeaker when the driver speaks over the answer, and keeps what they did not hear with their turn', {
    timeout: 120_000,
  }, async () => {
    const { page } = await open();
    await page.evaluate(() => {
      const { stop } = AudioBufferSourceNode.prototype;
      Object.assign(window, { stopped: 0 });
      AudioBufferSourceNode.prototype.stop = function (...when) {
        Object.assign(window, { stopped: 1 });
        stop.apply(this, when);
      };
    });
    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    await page.getByRole('status').getByText('I am listening').waitFor();
    say('Why did the warning light come on?');
    await page.getByRole('status').getByText('Speaking').waitFor();
    await page.waitForTimeout(500);
    expect(await page.evaluate('stopped')).toBe(0);
    ears.heard({ kind: 'speech-started', atMs: 3_000 });
    ears.heard({ kind: 'partial', text: 'can I drive', atMs: 3_600 });
    await page.getByRole('status').getByText('can I drive').waitFor();
    expect(await page.evaluate('stopped')).toBe(1);
    say('Can I drive on?');
    await page.getByRole('article', { name: 'You' }).getByText('Can I drive on?').waitFor();
    const key = await page.evaluate(() => Object.values(localStorage).find((value) => value.includes('"session"')));
    const { turns } = await site.operator.get(`/v1/sessions/${JSON.parse(key!).session}`);
    expect(turns.find(({ text }: any) => text === 'Can I drive on?').voice.cut.unsaid.length).toBeGreaterThan(10);
    await page.context().close();
  });

  it('offers no typing to who talks while the car moves, and again when they end talking', async () => {
    const { page } = await open();
    const typing = page.getByRole('textbox', { name: 'Message' });
    await typing.waitFor();
    const { mqttPort, mqtt } = site.edge();
    const wheels = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { ...mqtt });
    const turning = setInterval(
      () => wheels.publish('wayside/v1/things/car-1/telemetry', JSON.stringify({ signals: { 'Vehicle.Speed': 60 } })),
      100,
    );
    try {
      await page.getByRole('button', { name: 'Talk', exact: true }).click();
      await page.getByText('Just talk while it moves').waitFor();
      expect(await typing.count()).toBe(0);
      await shot(page, 'voice-moving-kiosk-en');
      await page.getByRole('button', { name: 'End talking' }).click();
      await typing.waitFor();
    } finally {
      clearInterval(turning);
      await wheels.endAsync();
      await page.context().close();
    }
  });

  it('a microphone that is refused is told of with what to do, and typing goes on', async () => {
    for (const [error, sentence, zh] of [
      ['NotAllowedError', 'not allowed for this page', '没有使用麦克风的权限'],
      ['NotFoundError', 'No microphone was found', '没有找到麦克风'],
      ['NotReadableError', 'cannot be opened', '麦克风打不开'],
    ]) {
      for (const locale of ['en-GB', 'zh-CN']) {
        const { page } = await open({ locale, size: 'phone' });
        await page.evaluate((name) => {
          navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name));
        }, error);
        await page.getByRole('button', { name: locale === 'zh-CN' ? '说话' : 'Talk', exact: true }).click();
        await page
          .getByRole('alert')
          .getByText(locale === 'zh-CN' ? zh! : sentence!)
          .waitFor();
        if (error === 'NotAllowedError') await shot(page, `voice-refused-phone-${locale}`);
        await page.context().close();
      }
    }
  });

  it('lets the browser’s own voice speak where the machine has none and the person wants it, and a touch silences it', {
    timeout: 120_000,
  }, async () => {
    mute = true;
    const { page } = await open();
    await page.evaluate(() => localStorage.setItem('wayside.voice', JSON.stringify({ speak: 'answers', wake: false, browser: true })));
    await page.reload();
    // A browser without a desktop has no voices of its own.
    await page.evaluate(() => {
      const said: { text: string; voice?: { name: string }; onend?: () => void }[] = [];
      class Utterance {
        readonly text: string;
        constructor(text: string) {
          this.text = text;
        }
      }
      const voices = [
        { name: 'far away', lang: 'en-GB', localService: false },
        { name: 'here', lang: 'en-GB', localService: true },
      ];
      const speechSynthesis = {
        getVoices: () => voices,
        speak: (one: Utterance) => said.push(one),
        cancel: () => said.push({ text: '(silence)' }),
      };
      for (const [name, value] of Object.entries({ said, speechSynthesis, SpeechSynthesisUtterance: Utterance }))
        Object.defineProperty(window, name, { value });
    });
    const said = () => page.evaluate<string[]>('said.map(({ text, voice }) => voice ? voice.name + ": " + text : text)');
    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    await page.getByRole('status').getByText('I am listening').waitFor();
    say('Can I drive on?');
    await page.getByRole('status').getByText('Speaking').waitFor();
    const [spoken] = (await said()).filter((text) => text.startsWith('here: '));
    await page.getByRole('article', { name: 'Wayside' }).getByText(spoken!.slice('here: '.length).split('. ')[0]!).first().waitFor();
    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    await page.getByRole('status').getByText('I am listening').waitFor();
    expect((await said()).at(-1)).toBe('(silence)');
    await page.context().close();
    mute = false;
  });

  it('shows what is said aloud, what becomes of sound, and what may be kept, and keeps each choice', async () => {
    for (const locale of ['en-GB', 'zh-CN']) {
      const zh = locale === 'zh-CN';
      const { page } = await open({ locale, dark: zh, size: zh ? 'phone' : 'kiosk' });
      await page.getByRole('textbox').fill(zh ? '故障灯为什么亮了？' : 'Why did the warning light come on?');
      await page.keyboard.press('Enter');
      await page.getByRole('article', { name: 'Wayside' }).first().waitFor();
      await page.getByRole('button', { name: zh ? /现在是/ : /Who is speaking/ }).click();
      await page.getByRole('button', { name: zh ? '语音' : 'Voice' }).click();
      const mood = page.getByRole('switch', { name: zh ? '保留我的情绪' : 'Keep how I feel' });
      expect(await mood.isChecked()).toBe(false);
      await shot(page, `voice-settings-${zh ? 'phone-zh' : 'kiosk-en'}`);
      await mood.click({ force: true });
      await until('the consent', () => mood.isChecked());
      const { session } = JSON.parse(
        (await page.evaluate(() => Object.entries(localStorage).find(([, value]) => value.includes('"session"'))?.[1]))!,
      );
      expect((await site.operator.get(`/v1/sessions/${session}`)).consents).toEqual({ mood: true, contact: false });
      await page.getByRole('radio', { name: zh ? '不朗读' : 'Never' }).check();
      await page.reload();
      expect(await page.evaluate(() => localStorage.getItem('wayside.voice'))).toContain('nothing');
      await page.context().close();
    }
  });

  it('learns a voice from three sentences on the person’s own page, says whose it is, and forgets it with one tap', {
    timeout: 120_000,
  }, async () => {
    const voice = new Float32Array(256).fill(1 / 16);
    const read = () => ears.heard({ kind: 'final', text: 'read aloud', confidence: 0.9, fromMs: 0, toMs: 2_900, decodeMs: 40, voice });
    const { page, complaints } = await open();
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: /^Who is speaking/ }).click();
    await dialog.getByRole('button', { name: 'Add me' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Ada');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('button', { name: 'What I like' }).click();
    await dialog.getByText('It opens nothing', { exact: false }).scrollIntoViewIfNeeded();
    await shot(page, 'voice-known-ask-kiosk-en');
    await dialog.getByRole('button', { name: 'I agree: learn my voice' }).click();
    for (const n of [1, 2, 3]) {
      await dialog.getByText(`Read aloud, ${n} of 3:`).waitFor();
      if (n === 2) await shot(page, 'voice-known-read-kiosk-en');
      read();
    }
    const forget = dialog.getByRole('button', { name: 'Forget my voice' });
    await forget.scrollIntoViewIfNeeded();
    await shot(page, 'voice-known-kiosk-en');

    const { page: other } = await open({ size: 'phone', locale: 'zh-CN', dark: true });
    await other.getByRole('button', { name: '说话', exact: true }).click();
    await other.getByRole('status').getByText('请说，我在听').waitFor();
    ears.heard({ kind: 'final', text: '还能开吗', confidence: 0.9, fromMs: 0, toMs: 1_900, decodeMs: 40, voice });
    await other.getByText('听起来是Ada').waitFor();
    await shot(other, 'voice-known-phone-zh');
    expect(await beyond(other)).toBeLessThanOrEqual(1);
    await other.context().close();

    await forget.click();
    await dialog.getByRole('button', { name: 'I agree: learn my voice' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
