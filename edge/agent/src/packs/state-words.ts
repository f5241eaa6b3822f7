import type { Locale } from '@wayside/protocol';

/** What machines call their states, in the words people use: those of VSS and of our packs, in small letters. */
const words: Record<string, { en: string; zh: string }> = {
  critically_low: { en: 'critically low', zh: '严重偏低' },
  low: { en: 'low', zh: '偏低' },
  normal: { en: 'normal', zh: '正常' },
  high: { en: 'high', zh: '偏高' },
  critically_high: { en: 'critically high', zh: '严重偏高' },
  undefined: { en: 'not known', zh: '未知' },
  lock: { en: 'locked', zh: '已锁' },
  off: { en: 'off', zh: '关' },
  acc: { en: 'accessories on', zh: '附件通电' },
  on: { en: 'on', zh: '开' },
  start: { en: 'start', zh: '启动' },
  stop: { en: 'stop', zh: '停止' },
  inactive: { en: 'not active', zh: '未启用' },
  fast_charging_preparation: { en: 'getting ready for fast charging', zh: '快充准备' },
  driving_preparation: { en: 'getting ready to drive', zh: '行车准备' },
  idle: { en: 'idle', zh: '待机' },
  heating: { en: 'heating', zh: '制热' },
  cooling: { en: 'cooling', zh: '制冷' },
  hot_water: { en: 'hot water', zh: '热水' },
  defrost: { en: 'defrosting', zh: '除霜' },
  auto: { en: 'automatic', zh: '自动' },
  fault: { en: 'fault', zh: '故障' },
  stopped: { en: 'stopped', zh: '已停止' },
  starting: { en: 'starting', zh: '正在启动' },
  running: { en: 'running', zh: '运行' },
  stopping: { en: 'stopping', zh: '正在停止' },
  tripped: { en: 'tripped', zh: '跳闸' },
  ready: { en: 'ready', zh: '就绪' },
  warning: { en: 'warning', zh: '警告' },
  online: { en: 'online', zh: '在线' },
  offline: { en: 'offline', zh: '离线' },
};

/** A state as people say it; one that nobody worded, as the machine writes it, without its underscores. */
export const stateWords = (state: string, locale: Locale): string => words[state.toLowerCase()]?.[locale] ?? state.replace(/_/g, ' ');
