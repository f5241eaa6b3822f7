import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Point } from '../telemetry/course.ts';
import { noPast, openToyTalk, thing } from './test-talk.ts';
import { both, now } from './test-toy.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

const minute = 60_000;
const clock = (at: number) => {
  const date = new Date(at);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
};
/** The motor has warmed by a degree every minute for the last half hour, to 95 °C. */
const warming = {
  ...noPast,
  samples: async (_thing: string, _signal: string, from: number, to: number) =>
    Array.from({ length: 31 }, (_, i): Point => [now - (30 - i) * minute, 65 + i]).filter(([at]) => at >= from && at <= to),
};

describe('a signal as it was', () => {
  it.each([
    ['what was the motor temperature ten minutes ago', 'en', `At ${clock(now - 10 * minute)}, Motor temperature was 85 °C.`],
    ['十分钟前电机温度是多少', 'zh', `${clock(now - 10 * minute)}，电机温度是 85 °C。`],
    ['is the motor temperature rising?', 'en', 'Motor temperature has risen from about 68.5 °C to about 91.5 °C in 30 minutes.'],
    ['电机温度在上升吗', 'zh', '电机温度 30 分钟内从约 68.5 °C 升到约 91.5 °C。'],
    ['what was the highest motor temperature in the last hour', 'en', `Motor temperature was highest at ${clock(now)}: 95 °C.`],
    ['最近一小时电机温度最高多少', 'zh', `电机温度最高 95 °C（${clock(now)}）。`],
    [
      'what was the motor temperature over the past 20 minutes',
      'en',
      `between 75 °C (${clock(now - 20 * minute)}) and 95 °C (${clock(now)}), 85 °C on average.`,
    ],
    ['average motor temperature in the last hour', 'en', `80 °C on average. I looked at readings from ${clock(now - 30 * minute)} on.`],
  ] as const)('is read from the history, with the moment cited: %s', async (text, locale, says) => {
    talk.begin(false, locale);
    talk.past = warming;
    const { answer } = await talk.tell(text);
    expect(answer.text).toContain(says);
    expect(answer.citations.map(({ kind }) => kind)).toContain('sample');
  });

  it.each([
    ['what was the motor temperature yesterday', 'en', 'I have no reading of that from then: Motor temperature. It is 95.5 °C now.'],
    ['昨天的电机温度是多少', 'zh', '那个时候没有“电机温度”的读数。现在是 95.5 °C。'],
  ] as const)('is not made up: %s', async (text, locale, says) => {
    talk.begin(false, locale);
    talk.past = warming;
    expect((await talk.tell(text)).answer.text).toBe(says);
  });

  it.each([
    ['en', 'what is the motor temperature', 'what was it ten minutes ago', `At ${clock(now - 10 * minute)}, Motor temperature was 85 °C.`],
    ['en', 'what is the motor temperature', 'and ten minutes ago?', 'was 85 °C.'],
    ['en', 'what is the motor temperature', 'how hot did it get in the last hour', 'was highest at'],
    ['en', 'what is the motor temperature', 'is it still rising?', 'has risen from'],
    ['zh', '电机温度多少', '十分钟前呢', `${clock(now - 10 * minute)}，电机温度是 85 °C。`],
    ['zh', '电机温度多少', '最近一小时最高多少', '电机温度最高 95 °C'],
    ['zh', '电机温度多少', '那十分钟前是多少', '电机温度是 85 °C。'],
  ] as const)('is meant by who points back at it, %s: %s, %s', async (locale, first, then, says) => {
    talk.begin(false, locale);
    talk.past = warming;
    await talk.tell(first);
    expect((await talk.tell(then)).answer.text).toContain(says);
  });

  it('is not meant where something else was talked of last', async () => {
    talk.begin(true);
    talk.past = warming;
    await talk.tell('what is the motor temperature');
    await talk.tell('What is wrong?');
    expect((await talk.tell('what was it ten minutes ago')).answer.citations.map(({ kind }) => kind)).not.toContain('sample');
  });

  it('of a counter is by how much it grew', async () => {
    talk.begin(false);
    talk.past = warming;
    const counts = { ...thing, signals: { temp: { ...thing.signals.temp!, counter: true } } };
    const { answer } = await talk.tell('what was the motor temperature over the past 20 minutes', undefined, undefined, [counts]);
    expect(answer.text).toMatch(/^From \d\d:\d\d until now, Motor temperature went up by 20 °C\.$/);
  });

  it('is read from a day of readings at the most, and says from when on', async () => {
    talk.begin(false);
    const asked: number[] = [];
    talk.past = {
      ...noPast,
      samples: async (_thing, _signal, _from, to, limit) => {
        asked.push(limit);
        return [
          [to - 3 * minute, 60],
          [to, 61],
        ];
      },
    };
    expect((await talk.tell('what was the motor temperature over the past 20 days')).answer.text).toContain(
      `I looked at readings from ${clock(now - 3 * minute)} on.`,
    );
    expect(asked).toEqual([86_400]);
  });

  it('is not taken for what is to come, nor for what it is now', async () => {
    talk.begin(false);
    talk.past = warming;
    expect((await talk.tell('what is the motor temperature today')).answer.text).toBe('Motor temperature is 95.5 °C.');
    expect((await talk.tell('what is the motor temperature')).answer.text).toBe('Motor temperature is 95.5 °C.');
  });
});

describe('what is wrong, looked back upon', () => {
  it.each([
    ['since when?', 'en', /I have seen this since \d\d:\d\d: The fan is blocked\./],
    ['how long has it been like this', 'en', /I have seen this since /],
    ['从什么时候开始的', 'zh', /从 .* 开始看到：风扇堵转/],
    ['这样多久了', 'zh', /从 .* 开始看到：风扇堵转/],
    ['is it getting worse?', 'en', /^Stop it now\. It is getting worse\. Motor temperature has risen from/],
    ['是不是越来越严重了', 'zh', /^请立即停机。在变严重。电机温度 30 分钟内从约/],
    [
      'did this happen before?',
      'en',
      /It has shown 2 times before, last at .* for 2 hours\. “Free the fan” was done here yesterday; the machine’s own data then showed it fixed\./,
    ],
    ['以前出过这个问题吗', 'zh', /之前出现过 2 次，最近一次是 .*，持续 2 小时。昨天在这里做过“清理风扇”/],
  ] as const)('is told with its times: %s', async (text, locale, says) => {
    talk.begin(true, locale);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    const title = both('The fan is blocked', '风扇堵转');
    const hours = 60 * minute;
    talk.past = {
      ...warming,
      faults: async () => [
        { fault: 'fan', title, since: now - 26 * hours, until: now - 24 * hours },
        // Away for a minute only: the same time.
        { fault: 'fan', title, since: now - 30 * hours, until: now - 30 * hours + minute },
        { fault: 'fan', title, since: now - 31 * hours, until: now - 30 * hours - minute },
      ],
      done: async (_thing: string, fault?: string) =>
        fault === 'fan'
          ? { kind: 'repair', ref: 'r1', at: now - 24 * hours, title: both('Free the fan', '清理风扇'), state: 'fixed' }
          : undefined,
    };
    expect((await talk.tell(text)).answer.text).toMatch(says);
  });

  it('is asked of a day that is over', async () => {
    talk.begin(false);
    const yesterday = new Date(now).setHours(0, 0, 0, 0) - 3 * 60 * minute;
    talk.past = {
      ...noPast,
      faults: async () => [
        { fault: 'belt', title: both('The belt is worn', '皮带磨损'), since: yesterday, until: yesterday + 60 * minute },
      ],
    };
    expect((await talk.tell('what was wrong yesterday?')).answer.text).toMatch(
      /^Nothing shows now\. Before: The belt is worn \(\d\d:\d\d yesterday, for 60 minutes\)\.$/,
    );
    expect((await talk.tell('what was wrong with it an hour ago')).answer.text).toBe(
      'Nothing shows now. I have no fault on record from then.',
    );
  });

  it('says honestly that nothing is known of it', async () => {
    talk.begin(true);
    talk.past = noPast;
    expect((await talk.tell('has it done this before')).answer.text).toMatch(/not seen this on this machine before/);
    expect((await talk.tell('is it getting better or worse')).answer.text).toMatch(/too early to tell/);
    talk.begin(false);
    expect((await talk.tell('when was it last repaired')).answer.text).toBe(
      'Nothing shows now. I have no fault of this machine on record.',
    );
  });

  it('costs nobody the question that waits', async () => {
    talk.begin(true);
    const { answer } = await talk.tell('What is wrong?');
    expect(answer.question).toBeDefined();
    const aside = await talk.tell('since when');
    expect(aside.answer.question).toEqual(answer.question);
  });
});

describe('whether others have it too', () => {
  const issue = {
    ref: 'i1',
    title: both('Belts of 2024 wear early', '2024 年的皮带磨损快'),
    text: both('They are replaced free of charge.', '可以免费更换。'),
    over: false,
  };

  it.each([
    [
      'en',
      'is this a known problem?',
      /^What this machine shows now is this: The belt is worn\. .*Belts of 2024 wear early\. They are replaced/,
    ],
    ['en', 'is there a recall for this', /Belts of 2024 wear early.*Recalls and known weak points are listed by the maker/],
    ['zh', '这是通病吗', /皮带磨损。关于这类设备，服务中心已知：2024 年的皮带磨损快。可以免费更换。召回和通病由厂家登记/],
    ['zh', '别人也有这个问题吗', /服务中心已知/],
  ] as const)('is told from what the service desk knows of such machines, %s: %s', async (locale, text, says) => {
    talk.begin(true, locale);
    talk.past = { ...noPast, issues: () => [issue] };
    const { answer } = await talk.tell(text);
    expect(answer.text).toMatch(says);
    expect(answer.citations).toContainEqual(expect.objectContaining({ ref: 'issue/i1' }));
    expect(answer).toMatchObject({ offerPerson: true });
  });

  it('is not made up where nothing is known', async () => {
    talk.begin(false);
    talk.past = noPast;
    expect((await talk.tell('do others have this problem')).answer.text).toMatch(/^The service desk has told me of no known issue/);
    talk.begin(false, 'zh');
    expect((await talk.tell('有没有召回')).answer.text).toMatch(/^服务中心没有通知过这类设备的已知问题/);
  });
});
