import { describe, expect, it } from 'vitest';
import { spokenForm } from './spoken-form.ts';

describe('spoken English', () => {
  it.each([
    // Numbers
    ['It reads 0.', 'It reads zero.'],
    ['It ran 1,500.5 hours.', 'It ran one thousand five hundred point five hours.'],
    ['-5 is low', 'minus five is low'],
    ['.5 is half', 'zero point five is half'],
    ['1,234,567 cycles', 'one million two hundred and thirty-four thousand five hundred and sixty-seven cycles'],
    ['serial number 12345678', 'serial number one two three four five six seven eight'],
    ['the 2nd and the 21st', 'the second and the twenty-first'],
    ['built in 2019', 'built in twenty nineteen'],
    ['after 2000 hours', 'after two thousand hours'],
    ['version 1.2.10', 'version one point two point ten'],
    ['1/2 turn, 3/4 full', 'one half turn, three quarters full'],
    ['1/3 of it', 'one third of it'],
    ['1 1/2 turns, 2½ bar', 'one and a half turns, two and a half bar'],
    ['a ratio of 14.7:1', 'a ratio of fourteen point seven to one'],
    ['#3 and No. 4', 'number three and number four'],
    // Units
    ['The coolant is at 98 °C.', 'The coolant is at ninety-eight degrees.'],
    ['208 °F', 'two hundred and eight degrees Fahrenheit'],
    ['1 °C more', 'one degree more'],
    ['-5°C outside', 'minus five degrees outside'],
    ['2.3 bar, 230 kPa or 33 psi', 'two point three bar, two hundred and thirty kilopascals or thirty-three P S I'],
    ['60 km/h', 'sixty kilometers per hour'],
    ['1 mph', 'one mile per hour'],
    ['12.6 V at 40 A', 'twelve point six volts at forty amps'],
    ['12V', 'twelve volts'],
    ['3.5 kWh', 'three point five kilowatt hours'],
    ['120 L/h', 'one hundred and twenty liters per hour'],
    ['7.2 l/100 km', 'seven point two liters per hundred kilometers'],
    ['30 %', 'thirty percent'],
    ['850 rpm', 'eight hundred and fifty R P M'],
    ['4.5 mm/s', 'four point five millimeters per second'],
    ['0.8 m³/h', 'zero point eight cubic meters per hour'],
    ['110 Nm', 'one hundred and ten newton meters'],
    ['400 ppm', 'four hundred parts per million'],
    ['$5', 'five dollars'],
    ['2x', 'two times'],
    // Ranges
    ['2.0–2.5 bar', 'two point zero to two point five bar'],
    ['-3.5 bar', 'minus three point five bar'],
    ['-5 to 40 °C', 'minus five to forty degrees'],
    ['20 °C - 25 °C', 'twenty to twenty-five degrees'],
    ['steps 3-5', 'steps three to five'],
    ['±2 %', 'plus or minus two percent'],
    ['≥ 3 bar', 'at least three bar'],
    ['< 5 V', 'less than five volts'],
    // Times, dates, durations
    ['at 14:05', 'at two oh five P M'],
    ['at 08:30', 'at eight thirty A M'],
    ['at 12:00', 'at noon'],
    ['14:30–16:00', 'two thirty P M to four P M'],
    ['from 8:00 to 18:00', "from eight o'clock to six P M"],
    ['at 2:30 pm', 'at two thirty P M'],
    ['by 5 p.m. today', 'by five P M today'],
    ['on 2026-11-26', 'on November twenty-sixth, twenty twenty-six'],
    ['2026-11-26T13:05:00.000Z', 'November twenty-sixth, twenty twenty-six at one oh five P M'],
    ['26 Nov 2026', 'November twenty-sixth, twenty twenty-six'],
    ['since May 3', 'since May third'],
    ['1 h 30 min', 'one hour thirty minutes'],
    ['for 1:02:05', 'for one hour two minutes five seconds'],
    ['250 ms', 'two hundred and fifty milliseconds'],
    // Codes
    ['code P0301', 'code P zero three zero one'],
    ['U0100 and C1A2B-13', 'U zero one zero zero and C one A two B, one three'],
    ['P0301: misfire', 'P zero three zero one: misfire'],
    ['5W-30 oil', 'five W thirty oil'],
    ['part 06A905115D', 'part zero six A nine zero five one one five D'],
    ['an H7 bulb', 'an H seven bulb'],
    ['R410A', 'R four one zero A'],
    ['VIN WVWZZZ1JZXW000001', 'VIN W V W, Z Z Z one J Z, X W zero zero zero zero zero one'],
    ['CO2', 'C O two'],
    ['ISO 10816-7', 'ISO one zero eight one six, seven'],
    ['about −40 °C (P0118)', 'about minus forty degrees, P zero one one eight'],
    ['RS-485', 'R S four eight five'],
    // Abbreviations
    ['The ECU set a DTC, the ABS is OK.', 'The E C U set a D T C, the A B S is OK.'],
    ['both ECUs', "both E C U's"],
    ['e.g. the hose, approx. 3 bar, etc.', 'for example the hose, about three bar, and so on'],
    ['the LED & the PIN', 'the L E D and the PIN'],
    ['STOP now', 'STOP now'],
    ['Call 112 now', 'Call one one two now'],
    ['call +49 30 1234567', 'call plus four nine, three zero, one two three four five six seven'],
    ['car-1 and heat-pump-2', 'car one and heat-pump two'],
    ['Vehicle.Powertrain.CombustionEngine', 'Combustion Engine'],
    // Marks for the eye
    ['## What to do', 'What to do'],
    ['- Check the **coil**', 'Check the coil'],
    ['1. Close the valve', 'one. Close the valve'],
    ['It is low [1], very low[2,3].', 'It is low, very low.'],
    ['see [the guide](https://example.org/a?b=1)', 'see the guide'],
    ['at https://example.org/x.', 'at'],
    ['| Hose | cracked |', 'Hose, cracked'],
    ['| --- | --- |', ''],
    ['---', ''],
    ['🙂👍🏽', ''],
    ['Fixed 🎉!', 'Fixed!'],
    ['`reset`', 'reset'],
    ['The pump (left) runs', 'The pump, left, runs'],
    ['open → close', 'open, close'],
    ['and/or', 'or'],
  ])('%s', (written, said) => {
    expect(spokenForm(written, 'en')).toBe(said);
  });
});

describe('spoken Chinese', () => {
  it.each([
    ['水温98 °C。', '水温九十八度。'],
    ['外面-5°C', '外面零下五度'],
    ['车速60km/h', '车速每小时六十公里'],
    ['电量30%', '电量百分之三十'],
    ['变化-3 %', '变化负百分之三'],
    ['20–25 °C', '二十到二十五度'],
    ['-5～5℃', '零下五度到零上五度'],
    ['-40到85°C', '零下四十度到零上八十五度'],
    ['-20至-5°C', '零下二十到零下五度'],
    ['-3.5 bar', '负三点五巴'],
    ['−12', '负十二'],
    ['2.4 bar', '二点四巴'],
    ['2.2–2.5 bar', '二点二到二点五巴'],
    ['100%', '百分之百'],
    ['14:30', '十四点三十分'],
    ['14:30–16:00', '十四点三十分到十六点'],
    ['8:00到18:00', '八点到十八点'],
    ['1/3', '三分之一'],
    ['拧1 1/2圈', '拧一又二分之一圈'],
    ['空燃比14.7:1', '空燃比十四点七比一'],
    ['U0100-13', 'U 零 一 零 零, 一 三'],
    ['工单C-1042', '工单C 一 零 四 二'],
    ['40–60%', '百分之四十到六十'],
    ['胎压2.3 bar', '胎压二点三巴'],
    ['230kPa', '两百三十千帕'],
    ['850 rpm', '每分钟八百五十转'],
    ['流量120 L/h', '流量每小时一百二十升'],
    ['7.2 L/100 km', '百公里七点二升'],
    ['振动4.5 mm/s', '振动每秒四点五毫米'],
    ['12.6 V', '十二点六伏'],
    ['2 小时', '两小时'],
    ['2 h', '两小时'],
    ['等2分钟', '等两分钟'],
    ['2个传感器', '两个传感器'],
    ['2号气缸', '二号气缸'],
    ['12个', '十二个'],
    ['1005', '一千零五'],
    ['12000', '一万两千'],
    ['10500', '一万零五百'],
    ['2026-11-26', '二零二六年十一月二十六日'],
    ['2026年11月2日', '二零二六年十一月二日'],
    ['14:05', '十四点零五分'],
    ['8:30', '八点三十分'],
    ['下午2:00', '下午两点'],
    ['1/2', '二分之一'],
    ['故障码P0301', '故障码P 零 三 零 一'],
    ['拨打110', '拨打幺幺零'],
    ['400-820-1234', '四零零八二零幺二三四'],
    ['5W-30机油', '五 W 三十机油'],
    ['ECU正常', 'E C U正常'],
    ['2. 断电上锁。', '二、断电上锁。'],
    ['约零下 40 度（-40 ℃）', '约零下四十度，零下四十度'],
    ['ISO 22241 的尿素', 'I S O 二二二四一的尿素'],
    ['超过 28 安', '超过二十八安'],
    ['第3步', '第三步'],
    ['3-5次', '三到五次'],
    ['≥3 bar', '不低于三巴'],
    ['±2%', '正负百分之二'],
    ['## 怎么办', '怎么办'],
    ['- 检查**点火线圈**[1]。', '检查点火线圈。'],
    ['见[说明](https://example.org)', '见说明'],
    ['好的🙂！', '好的！'],
    ['热泵（左侧）运行', '热泵，左侧，运行'],
    ['序列号12345678', '序列号一二三四五六七八'],
    ['版本1.2.3', '版本一点二点三'],
    ['1000 h', '一千小时'],
    ['功率2 kW', '功率两千瓦'],
  ])('%s', (written, said) => {
    expect(spokenForm(written, 'zh')).toBe(said);
  });
});

describe('names', () => {
  it('are said as a pack tells, whole and longest first', () => {
    const names = { AdBlue: 'add blue', 'AdBlue tank': 'urea tank', 'Wi-Fi': 'why fie', 水泵: '泵' };
    expect(spokenForm('Fill **AdBlue**, 5 L, into the AdBlue tank; XAdBlue.', 'en', names)).toBe(
      'Fill add blue, five liters, into the urea tank; XAdBlue.',
    );
    expect(spokenForm('检查水泵和AdBlue。', 'zh', names)).toBe('检查泵和add blue。');
  });

  it('take any signs', () => {
    expect(spokenForm('a C++ (x) [y] $& thing', 'en', { 'C++': 'C plus plus', '(x)': '$&', constructor: 'no' })).toBe(
      'a C plus plus $ and, y, $ and thing',
    );
  });
});

describe('any text', () => {
  it.each([
    ['figures', '9'.repeat(2000)],
    ['signs', '-−+±'.repeat(500)],
    ['brackets', '[('.repeat(1000)],
    ['slashes', 'a/'.repeat(1000)],
    ['stars', '*_'.repeat(1000)],
    ['dashes', '1-'.repeat(1000)],
    ['dots', '1.'.repeat(1000)],
    ['capitals', 'A1'.repeat(1000)],
    ['pipes', '|'.repeat(2000)],
    ['blanks', ' '.repeat(2000)],
    ['what nobody sees', '\u0000\u200b\u202e\ud800'],
  ])('is taken in little time: %s', (_, text) => {
    const began = process.cpuUsage();
    for (const locale of ['en', 'zh'] as const) expect(spokenForm(text, locale)).toEqual(expect.any(String));
    // Of the processor, not of the clock: other tests run beside this one.
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});
