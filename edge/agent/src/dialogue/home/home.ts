/** A device of a home that somebody else controls, as they describe it: its kind in Home Assistant's words (`light`, `cover`), and where it is. */
export type HomeDevice = { names: readonly string[]; domain: string; areas: readonly string[]; floor?: string; deviceClass?: string };

/** One of Home Assistant's intents with its slots; where a name is not unique, `domain` says which is meant. */
export type HomeCall = { name: string; arguments: Record<string, string | number | string[]> };

/** A home that the client of this turn controls: what is in it, and by which calls. */
export type HomeOffered = { devices: readonly HomeDevice[]; offered: ReadonlySet<string> };

/** What is to be done, before it is known to what. `item`: what goes on a list. */
export type HomeWish = { act: Act; value?: number; unit?: 'percent' | 'degrees' | 'kelvin'; color?: string; item?: string; rest: string };

export type Act =
  | 'on'
  | 'off'
  | 'open'
  | 'close'
  | 'lock'
  | 'unlock'
  | 'start'
  | 'return'
  | 'pause'
  | 'resume'
  | 'next'
  | 'previous'
  | 'mute'
  | 'unmute'
  | 'volume'
  | 'set'
  | 'add'
  | 'complete';

const switched = ['light', 'switch', 'fan', 'media_player', 'climate', 'humidifier', 'input_boolean', 'water_heater', 'siren'];

/** Which kinds of device an act is for, the first that somebody has where only a room is named. */
export const kindsOf: Record<Act, readonly string[]> = {
  on: [...switched, 'scene', 'script', 'valve', 'vacuum', 'lawn_mower'],
  off: [...switched, 'valve', 'vacuum'],
  open: ['cover', 'valve'],
  close: ['cover', 'valve'],
  lock: ['lock'],
  unlock: ['lock'],
  start: ['vacuum', 'lawn_mower', 'script', 'scene', 'media_player', 'fan', 'switch', 'humidifier'],
  return: ['vacuum', 'lawn_mower'],
  pause: ['media_player'],
  resume: ['media_player'],
  next: ['media_player'],
  previous: ['media_player'],
  mute: ['media_player'],
  unmute: ['media_player'],
  volume: ['media_player'],
  set: ['light', 'cover', 'valve', 'fan', 'climate', 'water_heater'],
  add: ['todo'],
  complete: ['todo'],
};

/** What people call devices of a kind, or of a class of it. */
export const nouns: Record<string, string> = {
  light: 'light lamp lighting bulb chandelier sconce 灯 台灯 吊灯',
  switch: 'switch plug outlet socket 开关 插座',
  fan: 'fan ventilator 风扇 电扇 吊扇',
  media_player: 'speaker music tv television media player radio song track volume sound audio 音箱 电视 音乐 音响 歌 曲 音量 声音',
  climate: 'thermostat heating heater ac conditioner air conditioning climate temperature hvac 空调 温控器 暖气 温度',
  humidifier: 'humidifier dehumidifier humidity 加湿器 除湿机',
  water_heater: 'boiler water heater 热水器',
  cover: 'cover 帘',
  'cover.curtain': 'curtain drape 窗帘',
  'cover.blind': 'blind 百叶窗 百叶帘',
  'cover.shade': 'shade 遮阳帘',
  'cover.shutter': 'shutter 卷帘',
  'cover.awning': 'awning 雨棚',
  'cover.garage': 'garage door 车库门',
  'cover.door': 'door 门',
  'cover.gate': 'gate 大门',
  'cover.window': 'window 窗 窗户',
  valve: 'valve tap water sprinkler irrigation 阀门 阀 水阀',
  lock: 'lock door 锁 门 门锁',
  vacuum: 'vacuum cleaner hoover robot 扫地机 扫地机器人 吸尘器',
  lawn_mower: 'mower lawn lawnmower grass 割草机',
  todo: 'todo list task shopping 清单 待办 购物',
  scene: 'scene mode 场景 模式',
  script: 'script 脚本',
  siren: 'siren alarm 警报',
};
