import type { Citation } from '@wayside/contract';
import type { Locale, Localized } from '@wayside/protocol';
import { emergencyIntent } from './grammar/alarm.ts';
import type { TalkedAbout } from './respond-types.ts';
import type { Said } from './say/answer-context.ts';
import { say } from './say/wording.ts';

/** What to do now, for someone on the road and for someone in a building, with the public guidance it is taken from, which is in English. */
type Advice = { road?: Localized; building: Localized; source: Localized };

const fireCall = { en: 'Call the fire brigade: 112, 911, or 119 in China.', zh: '拨打火警电话 119。' };
const ambulanceCall = { en: 'Call an ambulance: 112, 911, or 120 in China.', zh: '拨打急救电话 120。' };

const out: Advice = {
  road: {
    en: `Stop at the side now, switch the engine off, get everyone out and stay at least 30 metres away. Do not open the bonnet. ${fireCall.en}`,
    zh: `立即靠边停车、熄火，所有人下车，远离车辆至少 30 米。不要打开引擎盖。${fireCall.zh}`,
  },
  building: {
    en: `Get everyone out now and close the doors behind you. Use the emergency stop or main switch only if it is on your way. Never put water on electrical equipment. ${fireCall.en} Do not go back in.`,
    zh: `立即带所有人离开，随手关门。只有顺路时才按急停或断总闸。电气设备切勿用水扑救。${fireCall.zh}不要再返回。`,
  },
  source: {
    en: 'NFPA, Car Fire Safety (stop, get out, 100 feet away); NFPA, Home Fire Escape (get out, stay out, call)',
    zh: '美国消防协会（NFPA）《汽车火灾安全》（停车、下车、远离 30 米）；《家庭火灾逃生》（离开、不返回、报警）',
  },
};

const road = (advice: Localized, source: Localized): Advice => ({ road: advice, building: advice, source });

const advices: Record<string, Advice> = {
  fire: out,
  smoke: {
    ...out,
    building: {
      en: `Switch it off at the emergency stop or main switch if you can reach that without danger, and do not switch it on again. If you see smoke or flames, get everyone out. ${fireCall.en}`,
      zh: `如果没有危险，请按急停或断开总电源，不要再开机。看到烟或火，立即带所有人离开。${fireCall.zh}`,
    },
  },
  gas: {
    road: {
      en: `Stop at the side, switch the engine off, no flames or cigarettes, get everyone out and well away from the car. ${fireCall.en}`,
      zh: `靠边停车、熄火，不要有明火、不要吸烟，所有人下车并远离车辆。${fireCall.zh}`,
    },
    building: {
      en: `No flames, no smoking, and do not touch any switch, plug or phone indoors. Get everyone out, opening windows on the way. From outside call the gas emergency service, or the fire brigade: 112, 911, or 119 in China.`,
      zh: `不要有明火、不要吸烟，不要开关任何电器，不要在室内打电话。顺路开窗，所有人立即离开。到室外再拨打燃气抢修电话或火警电话 119。`,
    },
    source: {
      en: 'UK HSE, Gas safety: what to do if you smell gas; US PHMSA, Pipeline leak recognition and what to do',
      zh: '英国健康与安全执行局（HSE）《燃气安全：闻到燃气怎么办》；美国管道与危险品安全管理局（PHMSA）《管道泄漏的识别与应对》',
    },
  },
  water: {
    building: {
      en: `Stop, and step out of the water. Touch nothing electrical that is wet. Close the water tap and switch off at the main switch only if you reach them dry. If water runs into electrics and you cannot switch off, get everyone out. ${fireCall.en}`,
      zh: `先停下，离开有水的地方。不要碰湿的电器。能不沾水够到时，再关水阀、断开总开关。水流进电器又断不了电，请带所有人离开。${fireCall.zh}`,
    },
    source: {
      en: 'UK Electrical Safety First, Flooding (do not touch wet electrics; switch off at the main switch only where it is dry)',
      zh: '英国 Electrical Safety First《水淹》（不要碰湿的电器；只在干燥处断开总开关）',
    },
  },
  hurt: {
    building: {
      en: `Stop, and let go of the machine; switch it off if you can do so safely. Cool a burn under cool running water for twenty minutes. Press a clean cloth on a cut. If it is deep, large, or does not stop bleeding: ${ambulanceCall.en}`,
      zh: `先停下，放开设备，能安全做到就把它关掉。烫伤用流动的凉水冲二十分钟，割伤用干净的布压住。伤口深、面积大或止不住血：${ambulanceCall.zh}`,
    },
    source: {
      en: 'IFRC, International First Aid, Resuscitation and Education Guidelines 2020 (burns, bleeding)',
      zh: '红十字与红新月会国际联合会（IFRC）《2020 年国际急救、复苏与教育指南》（烧烫伤、出血）',
    },
  },
  'carbon-monoxide': {
    building: {
      en: `Get everyone out into fresh air now and do not go back in. If anyone has a headache, feels dizzy or sick: ${ambulanceCall.en} Otherwise call the fire brigade from outside.`,
      zh: `立即带所有人到室外通风处，不要返回。有人头痛、头晕、恶心，${ambulanceCall.zh}否则在室外拨打火警电话 119。`,
    },
    source: {
      en: 'US CDC, Carbon Monoxide Poisoning: if your alarm sounds, leave and call from outside',
      zh: '美国疾控中心（CDC）《一氧化碳中毒》（报警器响，先离开，到室外求助）',
    },
  },
  brakes: road(
    {
      en: 'Foot off the accelerator. Press the brake pedal hard; if it sinks, pump it fast. Shift down gear by gear, pull the parking brake gently and steadily, hazard lights on. Steer to a clear place, uphill if you can. Leave the engine running until you stand. Do not drive on.',
      zh: '松开油门。用力踩刹车；如果踏板发软，快速反复踩。逐级降挡，平稳地拉手刹，打开双闪。驶向空旷处，最好是上坡。停稳之前不要熄火。停下后不要再开。',
    },
    {
      en: 'New York State DMV, Driver’s Manual, chapter 10 (brake failure); California Driver’s Handbook (brake failure)',
      zh: '美国纽约州车管局《驾驶员手册》第 10 章（刹车失灵）；《加州驾驶员手册》（刹车失灵）',
    },
  ),
  runaway: road(
    {
      en: 'Press the brake firmly and keep it down; do not pump it. Shift to neutral. Steer to the side. Switch the engine off only once you stand. Do not drive on.',
      zh: '用力踩住刹车不要松，不要反复踩。挂空挡。驶向路边。停稳后再熄火。不要再开。',
    },
    {
      en: 'US NHTSA, consumer advisory on stuck accelerators (brake firmly, neutral, engine off once stopped)',
      zh: '美国国家公路交通安全管理局（NHTSA）关于油门卡滞的公告（用力踩住刹车、挂空挡、停稳再熄火）',
    },
  ),
  steering: road(
    {
      en: 'Ease off the accelerator. Hazard lights on. Brake gently, not suddenly, until you stand. Leave the engine running until then. Do not drive on.',
      zh: '慢慢松开油门，打开双闪。轻踩刹车，不要急刹，直到停稳。停稳之前不要熄火。不要再开。',
    },
    {
      en: 'California Driver’s Handbook (steering failure); maker-neutral driver training',
      zh: '《加州驾驶员手册》（转向失灵）；通用驾驶培训',
    },
  ),
  medical: {
    road: {
      en: `Stop where it is safe, hazard lights on. ${ambulanceCall.en} Say where you are and do what they tell you. If someone does not breathe, begin chest compressions.`,
      zh: `在安全处停车，打开双闪。${ambulanceCall.zh}说明位置，按对方的指导做。如果没有呼吸，立即做胸外按压。`,
    },
    building: {
      en: `${ambulanceCall.en} Say where you are and do what they tell you. If someone does not breathe, begin chest compressions.`,
      zh: `${ambulanceCall.zh}说明位置，按对方的指导做。如果没有呼吸，立即做胸外按压。`,
    },
    source: {
      en: 'IFRC, International First Aid, Resuscitation and Education Guidelines 2020',
      zh: '红十字与红新月会国际联合会（IFRC）《2020 年国际急救、复苏与教育指南》',
    },
  },
  shock: {
    building: {
      en: `Do not touch the person or the machine while the current may be on. Switch off at the main switch or emergency stop. ${ambulanceCall.en} If they do not breathe, begin chest compressions.`,
      zh: `可能带电时不要碰人，也不要碰设备。先断总闸或按急停。${ambulanceCall.zh}如果没有呼吸，立即做胸外按压。`,
    },
    source: {
      en: 'IFRC, International First Aid, Resuscitation and Education Guidelines 2020 (electrocution)',
      zh: '红十字与红新月会国际联合会（IFRC）《2020 年国际急救、复苏与教育指南》（触电）',
    },
  },
  injury: {
    road: {
      en: `Stop, hazard lights on, and get everyone who can walk out of the traffic. ${ambulanceCall.en} Do not move someone badly hurt unless they are in danger there.`,
      zh: `停车，打开双闪，能走动的人离开车道。${ambulanceCall.zh}重伤者除非原地有危险，否则不要移动。`,
    },
    building: {
      en: `Press the emergency stop or switch the machine off. ${ambulanceCall.en} Do not restart or reverse the machine to free anyone unless rescuers say so. Do not move someone badly hurt unless they are in danger there.`,
      zh: `按急停或关掉设备。${ambulanceCall.zh}救援人员没有要求时，不要为救人重新启动或倒转设备。重伤者除非原地有危险，否则不要移动。`,
    },
    source: {
      en: 'IFRC, International First Aid, Resuscitation and Education Guidelines 2020; OSHA 29 CFR 1910.147 (energy control)',
      zh: '红十字与红新月会国际联合会（IFRC）《2020 年国际急救、复苏与教育指南》；美国职业安全与健康管理局 OSHA 29 CFR 1910.147（能量隔离）',
    },
  },
};

type Hazard = { title: Localized; asks: Localized };
/** What each is called in a list of cases, and how it is asked where it may be so: one question, with what to do first if it is. */
const hazards: Record<string, Hazard> = {
  fire: {
    title: { en: 'Fire', zh: '起火' },
    asks: {
      en: 'Is something burning right now, or do you see flames? If so, get everyone out first.',
      zh: '现在有东西在烧，或者看得到火苗吗？有的话，请先让所有人离开。',
    },
  },
  smoke: {
    title: { en: 'Smoke or a burning smell', zh: '冒烟或焦糊味' },
    asks: {
      en: 'Is there smoke, or a burning smell, right now? If so, keep away from it and touch nothing on it.',
      zh: '现在有烟，或者焦糊味吗？有的话，请先离远一点，不要碰它。',
    },
  },
  gas: {
    title: { en: 'Gas or fuel escaping', zh: '燃气或燃油泄漏' },
    asks: {
      en: 'Is there a smell of gas or fuel, or does any escape, right now? If so, no flames, touch no switch, and go outside first.',
      zh: '现在闻得到燃气味、汽油味，或者有泄漏吗？有的话，不要有明火，不要碰开关，请先到室外。',
    },
  },
  'carbon-monoxide': {
    title: { en: 'Carbon monoxide', zh: '一氧化碳' },
    asks: {
      en: 'Does anyone there have a headache, feel dizzy or sick right now, or does a carbon monoxide alarm sound? If so, go out into fresh air first.',
      zh: '现在有人头痛、头晕、恶心，或者一氧化碳报警器在响吗？有的话，请先到室外通风处。',
    },
  },
  brakes: {
    title: { en: 'Brakes do not work', zh: '刹车失灵' },
    asks: {
      en: 'Are you driving right now and cannot brake? If so, foot off the accelerator, and shift down gear by gear.',
      zh: '您现在正在开车，而且刹不住吗？是的话，请先松开油门，逐级降挡。',
    },
  },
  runaway: {
    title: { en: 'Does not stop accelerating', zh: '油门卡住、停不下来' },
    asks: {
      en: 'Is the car speeding up right now without you? If so, brake firmly and shift to neutral.',
      zh: '车现在正在自己加速吗？是的话，请先用力踩住刹车，挂空挡。',
    },
  },
  steering: {
    title: { en: 'Steering does not work', zh: '转向失灵' },
    asks: {
      en: 'Are you driving right now and cannot steer? If so, brake gently until you stand.',
      zh: '您现在正在开车，而且转不了向吗？是的话，请先轻踩刹车，直到停稳。',
    },
  },
  medical: {
    title: { en: 'Somebody is ill or poisoned', zh: '有人急病或中毒' },
    asks: {
      en: `Is somebody badly unwell right now? If so, call an ambulance first: 112, 911, or 120 in China.`,
      zh: '现在有人身体很不舒服吗？有的话，请先拨打急救电话 120。',
    },
  },
  shock: {
    title: { en: 'Electric shock', zh: '有人触电' },
    asks: {
      en: 'Did somebody get an electric shock, or is there current where none should be? If so, touch nothing on it.',
      zh: '是有人被电到，或者不该带电的地方带电吗？是的话，请先什么都不要碰。',
    },
  },
  injury: {
    title: { en: 'Somebody is hurt or in danger', zh: '有人受伤或遇险' },
    asks: {
      en: 'Is somebody hurt or caught right now? If so, stop the machine if you can do so safely.',
      zh: '现在有人受伤或被卡住吗？有的话，能安全做到就先把设备停下。',
    },
  },
};

/** Asks whether there is such a danger. @param hazard one of those the core's phrases know */
export function askDanger(hazard: string, locale: Locale): Said {
  const asks = (hazards[hazard] ?? hazards.injury!).asks[locale];
  const choices =
    locale === 'zh'
      ? [
          { say: '有', label: '有' },
          { say: '没有', label: '没有' },
        ]
      : [
          { say: 'yes', label: 'Yes' },
          { say: 'no', label: 'No' },
        ];
  return { parts: [asks], shows: { do: [asks] }, rung: 'grammar', grounds: [asks], more: { choices } };
}

/** Why an emergency brings a person, whatever the rules of the pack say, and which it is. */
export const emergencyRule = (hazard: string) => ({
  id: emergencyIntent,
  because: { en: 'The person told of an emergency.', zh: '用户报告了紧急情况。' },
  ...(hazards[hazard] ? { title: hazards[hazard].title } : {}),
});

/** A thing that moves is one that speaks of its own speed, by the name the Vehicle Signal Specification gives it. */
const moves = (thing: TalkedAbout) => 'Vehicle.Speed' in thing.signals;

/** Parts that only a car has, whatever is talked about otherwise. */
const ofCar = /\b(car|hood|bonnet|dashboard|truck|van)\b|车(?!间)|引擎盖|机盖/i;

/** One tap out of an alarm that was none: nobody who was misheard is told of ambulances for a quarter of an hour. */
const noDanger = {
  en: [{ say: 'false alarm', label: 'Nobody is in danger' }],
  zh: [{ say: '误报', label: '没有人有危险' }],
};

type Told = { hazard: string; heard: string; again?: true };

/**
 * What to do now in words short enough to follow while it happens, then that a person comes. No diagnosis, no question. Where it is not
 * clear whether a car or a building is meant, both are said: nobody in danger is asked which.
 * @param placed the things that may be meant
 */
export function emergency({ hazard, heard, again }: Told, placed: readonly TalkedAbout[], locale: Locale): Said {
  const advice = advices[hazard] ?? advices.injury!;
  const road = advice.road !== undefined && (ofCar.test(heard) || placed.some(moves));
  const building = !road || (!ofCar.test(heard) && placed.some((one) => !moves(one)));
  const both = road && building && advice.road !== advice.building;
  const inCar = both ? { en: 'In a car: ', zh: '如果在车上：' }[locale] : '';
  const inBuilding = both ? { en: 'In a building: ', zh: '如果在室内：' }[locale] : '';
  const now = [
    road ? `${inCar}${advice.road?.[locale]}` : undefined,
    building && (both || !road) ? `${inBuilding}${advice.building[locale]}` : undefined,
  ];
  const cited: Citation = { kind: 'rule', ref: `emergency/${hazard}`, text: advice.source[locale] };
  const said = now.flatMap((one) => one ?? []);
  return {
    parts: [...said, say(again ? 'emergencyStill' : 'emergencyPerson', locale)],
    shows: { do: said },
    rung: 'grammar',
    citations: [cited],
    grounds: said,
    more: { choices: noDanger[locale] },
  };
}
