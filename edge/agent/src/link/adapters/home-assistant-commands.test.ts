import { action as actionSchema, description } from '@wayside/protocol';
import { describe, expect, it } from 'vitest';
import { createHomeAssistant } from './home-assistant.ts';

const device = { identifiers: ['box'], name: 'Box' };
/** A device that announces one entity. */
function announced(component: string, config: object) {
  const adapter = createHomeAssistant();
  const said = adapter.hear(`homeassistant/${component}/box/it/config`, JSON.stringify({ device, name: 'It', ...config })) ?? [];
  const described = said[0]?.description;
  if (described) expect(description.safeParse(described).error).toBeUndefined();
  return {
    adapter,
    actions: described?.actions ?? {},
    signals: described?.signals ?? {},
    tell: (name: string, args = {}) => adapter.order?.('box', name, args),
  };
}

describe('what Home Assistant could command', () => {
  it('a switch is turned on and off in its own words, disrupts, is read back and can be undone', () => {
    const { actions, tell } = announced('switch', { stat_t: 'box', cmd_t: 'box/set', pl_on: '1', pl_off: '0', ret: true });
    expect(actions.turn_on_it).toMatchObject({
      risk: 'R2',
      title: { en: 'Turn on It', zh: '打开It' },
      expect: { signal: 'it', is: true },
      undo: { name: 'turn_off_it' },
    });
    expect(tell('turn_on_it')).toEqual({ topic: 'box/set', payload: '1', retain: true });
    expect(tell('turn_off_it')).toEqual({ topic: 'box/set', payload: '0', retain: true });
  });

  it('a lamp of the JSON schema is told in JSON and tells its state in it', () => {
    const { adapter, actions, tell } = announced('light', { schema: 'json', state_topic: 'lamp', command_topic: 'lamp/set' });
    expect(actions.turn_on_it?.risk).toBe('R1');
    expect(tell('turn_on_it')?.payload).toBe('{"state":"ON"}');
    expect(adapter.hear('lamp', '{"state":"OFF","brightness":9}')).toEqual([{ thing: 'box', telemetry: { signals: { it: false } } }]);
  });

  it('a number is set in its own unit, asked for in ours, within its bounds', () => {
    const config = {
      state_topic: 'n',
      command_topic: 'n/set',
      command_template: '{"v": {{ value | float }}}',
      unit_of_measurement: '°F',
      min: 50,
      max: 86,
      step: 1,
    };
    const { actions, tell } = announced('number', config);
    expect(actions.set_it).toMatchObject({ args: { value: { type: 'number', unit: 'celsius' } }, expect: { isArg: 'value' } });
    expect(actions.set_it?.args.value?.min).toBeCloseTo(10);
    expect(actions.set_it?.args.value?.max).toBeCloseTo(30);
    expect(tell('set_it', { value: 21 })?.payload).toBe('{"v": 69.8}');
  });

  it('a thermostat is what it measures, what it is set to and how it runs', () => {
    const { actions, signals, tell } = announced('climate', {
      '~': 'trv',
      curr_temp_t: '~',
      curr_temp_tpl: '{{ value_json.local_temperature }}',
      temp_stat_t: '~',
      temp_stat_tpl: '{{ value_json.setpoint }}',
      temp_cmd_t: '~/set/setpoint',
      mode_stat_t: '~',
      mode_stat_tpl: '{{ value_json.mode }}',
      mode_cmd_t: '~/set/mode',
      modes: ['off', 'heat'],
      min_temp: 5,
      max_temp: 30,
    });
    expect(Object.keys(signals)).toEqual(['it_current_temperature', 'it_temperature', 'it_mode']);
    expect(actions.set_it_temperature?.args.value).toMatchObject({ min: 5, max: 30, unit: 'celsius' });
    expect(tell('set_it_temperature', { value: 21.5 })).toEqual({ topic: 'trv/set/setpoint', payload: '21.5', retain: false });
    expect(actions.set_it_mode?.args.value?.states).toEqual(['off', 'heat']);
    expect(tell('set_it_mode', { value: 'heat' })?.topic).toBe('trv/set/mode');
  });

  it('a button is pressed, a selection is chosen; both pass the schema of actions', () => {
    const button = announced('button', { command_topic: 'b/set' });
    expect(button.tell('press_it')).toEqual({ topic: 'b/set', payload: 'PRESS', retain: false });
    const select = announced('select', { state_topic: 's', command_topic: 's/set', options: ['eco', 'boost', 7] });
    expect(select.actions.set_it?.args.value?.states).toEqual(['eco', 'boost']);
    for (const each of [...Object.values(button.actions), ...Object.values(select.actions)])
      expect(actionSchema.safeParse(each).error).toBeUndefined();
  });

  it('locks, covers, valves, sirens and alarms take no command, and neither does what would have to be computed or heard by many', () => {
    const both = { state_topic: 's', command_topic: 's/set' };
    for (const component of ['lock', 'cover', 'valve', 'siren', 'alarm_control_panel'])
      expect(announced(component, both).actions).toEqual({});
    expect(announced('number', { ...both, command_template: '{% if value > 3 %}x{% endif %}' }).actions).toEqual({});
    expect(announced('number', { ...both, command_template: '{{ value * 1000 }}' }).actions).toEqual({});
    expect(announced('light', { ...both, schema: 'template' }).actions).toEqual({});
    expect(announced('switch', { ...both, command_topic: 'all/#' }).actions).toEqual({});
  });

  it('an entity that is taken back can be told nothing any more', () => {
    const { adapter, tell } = announced('switch', { state_topic: 's', command_topic: 's/set' });
    adapter.hear('homeassistant/switch/box/it/config', '');
    expect(tell('turn_on_it')).toBeUndefined();
  });
});
