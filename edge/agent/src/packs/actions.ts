import type { Pack } from '@wayside/packs';
import type { Action, Description, Risk } from '@wayside/protocol';

const grades: readonly Risk[] = ['R0', 'R1', 'R2', 'R3'];
const graver = (a: Risk, b: Risk): Risk => (grades.indexOf(a) > grades.indexOf(b) ? a : b);

/**
 * What must never be moved from here, whatever a pack or a device calls its risk: propulsion, brakes, steering, airbags, and the firmware
 * of a machine. Judged by the words of the action's id and title, since those are all that its author cannot leave out.
 */
const forbidden =
  /(^|[^a-z])(brak(e|es|ing)|steer(ing)?|airbags?|propulsion|throttle|accelerat\w*|gear(box|s)?|torque|cruise|ignition|transmission|clutch|firmware|flash)([^a-z]|$)/i;

const forbiddenInChinese = /刹车|制动|转向|方向盘|气囊|油门|加速踏板|变速|离合|扭矩|巡航|点火|固件|刷写/;

/** The risk an action is treated by: what is declared, or R3 where its words tell more than its author. */
export function riskOf(id: string, { title, risk }: Action): Risk {
  const words = typeof title === 'string' ? `${id} ${title}` : `${id} ${title.en} ${title.zh}`;
  return forbidden.test(words) || forbiddenInChinese.test(words) ? 'R3' : risk;
}

const none: Record<string, Action> = {};
const joined = new WeakMap<object, { family: Record<string, Action>; actions: Record<string, Action> }>();

/**
 * The actions of a thing: those it declared itself, else those of its family. Where both know one, the graver risk holds and every
 * interlock of either, so that a device cannot declare a family's caution away.
 */
export function actionsOf(described: Description | null | undefined, pack: Pack | undefined): Record<string, Action> {
  const family = pack?.thing.actions ?? none;
  const by = described ?? family;
  const known = joined.get(by);
  if (known?.family === family) return known.actions;
  const actions = join(described?.actions, family);
  joined.set(by, { family, actions });
  return actions;
}

const join = (own: Record<string, Action> | undefined, family: Record<string, Action>): Record<string, Action> =>
  Object.fromEntries(
    Object.entries(own ?? family).map(([id, action]) => {
      const known = own && Object.hasOwn(family, id) ? family[id] : undefined;
      const both = known ? { ...known, ...action, risk: graver(known.risk, action.risk) } : action;
      const interlocks = known ? [...(known.interlocks ?? []), ...(action.interlocks ?? [])] : action.interlocks;
      return [id, { ...both, risk: riskOf(id, both), ...(interlocks ? { interlocks } : {}) }];
    }),
  );
