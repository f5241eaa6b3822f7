import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { maxExpression, parseExpression } from '../expression/parse.ts';
import { readDerived, thingFile, withDerived } from './derived.ts';

const signals = `
  Vehicle.Speed: { title: Speed, type: number, unit: km/h }
  supply: { title: Supply, type: number, unit: celsius }
  return: { title: Return, type: number, unit: celsius }
  water-flow: { title: Flow, type: number, unit: l/min }
  volts: { title: Voltage, type: number, unit: V }
  amps: { title: Current, type: number, unit: A }
  pressure: { title: Pressure, type: number, unit: kPa }
  running: { title: Running, type: boolean }
  mode: { title: Mode, type: string, states: [idle, heating] }
`;

/** The derived signals of a thing, and every complaint, from lines of YAML. */
function read(...lines: string[]) {
  const problems: string[] = [];
  const thing = thingFile.parse(parse(`signals:${signals}derived:\n${lines.map((line) => `  ${line}\n`).join('')}`));
  const derived = readDerived(thing, (file, at, problem) => problems.push(`${file} at ${at}: ${problem}`));
  return { thing, derived, problems };
}

/** The problem of one formula, or the type and unit it has. */
function judge(expression: string, more = ''): string {
  const { derived, problems } = read(`x: { title: X, expression: ${JSON.stringify(expression)}${more} }`);
  return problems[0] ?? `${derived[0]?.signal.type}`;
}

describe('a derived signal', () => {
  it.each([
    ['supply - return', 'number'],
    ['Vehicle.Speed * 3 + 1', 'number'],
    ['-{water-flow} % 2', 'number'],
    ['volts * amps', 'number'],
    ['running and not (supply < 20 or mode == "idle")', 'boolean'],
    ['if(running, supply, return)', 'number'],
    ['if(running, "on", "off")', 'string'],
    ['when(running, mode)', 'string'],
    ['either(supply, 20) > either(return, supply)', 'boolean'],
    ['min(supply, return, 20) <= clamp(supply, 0, 80)', 'boolean'],
    ['rate(supply, 1m)', 'number'],
    ['mean(running, 1h) > 0.5', 'boolean'],
    ['previous(mode) != mode', 'boolean'],
    ['hours(running) + since(mode == "heating") / 3600', 'number'],
    ['integral(if(abs(amps) < 0.2, 0, amps))', 'number'],
  ])('may be %s, which is a %s', (expression, type) => expect(judge(expression)).toBe(type));

  it.each([
    ['supply - retrun', /reads the signal "retrun", which thing\.yaml does not hold/],
    ['supply -', /does not read at character 9, near "supply -"/],
    ['supply - return)', /does not read at character 16/],
    ['supply return', /more than one formula/],
    ['  ', /is empty/],
    ['average(supply, 5m)', /calls "average", which is no function here: use one of min, max/],
    ['constructor(supply)', /calls "constructor"/],
    ['supply.constructor("x")', /calls something that is no function/],
    ['supply[0]', /uses "\[ \]"/],
    ['this', /no meaning here/],
    ['[supply]', /no meaning here/],
    ['running ? supply : return', /write if\(condition, then, else\)/],
    ['supply = 3', /does not read/],
    ['mean(supply)', /gives mean\(\) 1 arguments and it takes 2/],
    ['min(supply)', /takes at least 2/],
    ['mean(supply, 5)', /needs a span such as 10m/],
    ['mean(supply, 0s)', /needs a span such as 10m/],
    ['supply + 5m', /has a span of time where a value belongs/],
    ['mean(mode, 5m)', /gives mean\(\) a state/],
    ['running + 1', /gives "\+" true or false where it needs a number/],
    ['not supply == 3', /gives "not" a number/],
    ['mode == 3', /compares a state with a number by "=="/],
    ['if(running, 1, "a")', /a number in one place and a state in the other/],
    ['either(running, 1)', /true or false in one place and a number in the other/],
    ['when(supply, 1)', /gives when\(\) a number where it needs true or false/],
    ['either(supply, pressure)', /puts celsius and kPa together by either\(\)/],
    ['supply - pressure', /puts celsius and kPa together by "-"/],
    ['volts > amps', /puts V and A together by ">"/],
    ['max(volts, amps)', /puts V and A together by max\(\)/],
    ['{no such} + 1', /names "no such", which cannot be a signal/],
  ])('may not be %s', (expression, why) => {
    const told = judge(expression);
    expect(told).toMatch(/^thing\.yaml at derived\.x\.expression: /);
    expect(told).toMatch(why);
  });

  it.each([
    ['supply - return', 'celsius', 'K'],
    ['volts * amps', 'kW', 'W'],
    ['integral(amps)', 'A', 'Ah'],
    ['hours(running)', 's', 'h'],
    ['rate(supply, 5m)', 'K/h', 'K/min'],
    ['delta(supply, 5m)', 'celsius', 'K'],
    ['mean(pressure, 5m)', 'bar', 'kPa'],
  ])('%s is not in %s, as its expression gives %s', (expression, wrong, right) => {
    expect(judge(expression, `, unit: ${wrong}`)).toMatch(`is ${wrong} and the expression gives ${right}`);
    expect(judge(expression, `, unit: ${right}`)).toBe('number');
  });

  it('may have any unit where nothing is known of it', () => expect(judge('pressure / volts', ', unit: kPa/V')).toBe('number'));

  it('has no limits or states that its type cannot have', () => {
    expect(judge('supply > 3', ', unit: K')).toMatch(/is no number/);
    expect(judge('supply', ', states: [a]')).toMatch(/gives no state/);
  });

  it('may be derived from others, in whatever order they are written', () => {
    const { derived, problems } = read(
      'c: { title: C, expression: b > 2 }',
      'b: { title: B, unit: K, expression: "rate(a, 1m) * 1" }',
      'a: { title: A, unit: K, expression: supply - return }',
    );
    expect(problems).toEqual([]);
    expect(derived.map(({ name, signal }) => [name, signal.type, signal.unit])).toEqual([
      ['a', 'number', 'K'],
      ['b', 'number', 'K'],
      ['c', 'boolean', undefined],
    ]);
  });

  it('is not derived from itself, and what reads it is not called wrong as well', () => {
    const { derived, problems } = read(
      'a: { title: A, expression: b + 1 }',
      'b: { title: B, expression: c + 1 }',
      'c: { title: C, expression: a + 1 }',
      'd: { title: D, expression: a + 1 }',
    );
    expect(problems).toEqual([
      'thing.yaml at derived.a.expression: is derived from itself (a → b → c → a): break the circle, perhaps with a measured signal',
    ]);
    expect(derived).toEqual([]);
  });

  it('is no signal of the thing as well', () =>
    expect(read('supply: { title: X, expression: return }').problems[0]).toMatch(/derived\.supply: is a signal of the thing as well/));

  it('stands among the signals of the thing', () => {
    const { thing, derived } = read('x: { title: X, unit: K, max: 20, expression: supply - return }');
    expect(withDerived(thing, derived).signals.x).toEqual({ title: 'X', type: 'number', unit: 'K', max: 20 });
  });

  it('is refused with a reason, never with a crash, whatever is written', () => {
    const pieces = [
      'supply',
      '(',
      ')',
      '{',
      '}',
      '"',
      "'",
      ',',
      'mean',
      '5m',
      '.',
      '-',
      'not',
      'and',
      '==',
      '0x1',
      '`',
      '\\',
      ' ',
      '熱',
      '1e999',
      '[',
      ']',
      '?',
      ':',
      ';',
    ];
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let i = 0; i < 5_000; i++) {
      const text = Array.from({ length: 1 + Math.floor(random() * 12) }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      const told = parseExpression(text);
      expect('expression' in told || told.problem.length > 0).toBe(true);
    }
    expect(parseExpression('('.repeat(maxExpression))).toHaveProperty('problem');
    expect(parseExpression(`${'-'.repeat(maxExpression - 1)}1`)).toBeDefined();
    expect(parseExpression('a'.repeat(maxExpression + 1))).toHaveProperty('problem');
  });
});
