/** Home Assistant's abbreviations of the discovery keys that are read here (its documentation, "Supported abbreviations"). */
const long: Record<string, string> = {
  avty: 'availability',
  avty_mode: 'availability_mode',
  avty_t: 'availability_topic',
  avty_tpl: 'availability_template',
  cmd_t: 'command_topic',
  cmd_tpl: 'command_template',
  cmps: 'components',
  cns: 'connections',
  curr_temp_t: 'current_temperature_topic',
  curr_temp_tpl: 'current_temperature_template',
  dev: 'device',
  dev_cla: 'device_class',
  ids: 'identifiers',
  l_ver_tpl: 'latest_version_template',
  mdl: 'model',
  mf: 'manufacturer',
  mode_cmd_t: 'mode_command_topic',
  mode_cmd_tpl: 'mode_command_template',
  mode_stat_t: 'mode_state_topic',
  mode_stat_tpl: 'mode_state_template',
  obj_id: 'object_id',
  ops: 'options',
  p: 'platform',
  pl_avail: 'payload_available',
  pl_not_avail: 'payload_not_available',
  pl_off: 'payload_off',
  pl_on: 'payload_on',
  pl_prs: 'payload_press',
  ret: 'retain',
  sa: 'suggested_area',
  stat_cla: 'state_class',
  stat_off: 'state_off',
  stat_on: 'state_on',
  stat_t: 'state_topic',
  stat_val_tpl: 'state_value_template',
  sw: 'sw_version',
  t: 'topic',
  temp_cmd_t: 'temperature_command_topic',
  temp_cmd_tpl: 'temperature_command_template',
  temp_stat_t: 'temperature_state_topic',
  temp_stat_tpl: 'temperature_state_template',
  temp_unit: 'temperature_unit',
  uniq_id: 'unique_id',
  unit_of_meas: 'unit_of_measurement',
  val_tpl: 'value_template',
};

/** The same object with its keys written out, and `~` at either end of a topic replaced by the base topic. */
export function longKeys(short: Record<string, unknown>): Record<string, unknown> {
  const base = typeof short['~'] === 'string' ? short['~'] : undefined;
  const whole: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(short)) {
    const name = Object.hasOwn(long, key) ? long[key]! : key;
    if (name === '__proto__') continue;
    whole[name] = base !== undefined && typeof value === 'string' && name.endsWith('topic') ? value.replace(/^~|~$/, base) : value;
  }
  return whole;
}
