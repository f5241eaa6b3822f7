import type { Role } from '@wayside/contract';
import type { Localized, Risk } from '@wayside/protocol';

/**
 * Who somebody is to this edge. `anyone`: no people are set up here, so whoever is at the machine speaks for it; `unknown`: people are set
 * up, and this one has not said which of them they are.
 */
export type Standing = Role | 'guest' | 'unknown' | 'anyone';

/** The gravest risk of a command that somebody may agree to. */
const limits: Record<Standing, Risk> = { anyone: 'R2', owner: 'R2', member: 'R2', child: 'R1', guest: 'R1', unknown: 'R1' };

const order: readonly Risk[] = ['R0', 'R1', 'R2', 'R3'];

export const mayAgreeTo = (standing: Standing): Risk => limits[standing];

/** May they agree to a command of this risk? Asking, and asking for a person, is everybody's. */
export const permits = (standing: Standing, risk: Risk): boolean => order.indexOf(risk) <= order.indexOf(limits[standing]);

/** May they add, change and remove others? Whoever sets the first one up is the owner. */
export const manages = (standing: Standing): boolean => standing === 'owner' || standing === 'anyone';

/** Said where a command is theirs to ask for and not to agree to. */
export const notTheirs: Record<Exclude<Standing, 'anyone' | 'owner' | 'member'>, Localized> = {
  child: {
    en: 'An adult has to agree to that. Ask one of them to choose their name here, or talk to a person.',
    zh: '这项操作需要大人同意。请让大人在这里选择自己的名字，也可以转人工。',
  },
  guest: {
    en: 'A guest cannot agree to that. Ask somebody who lives or works here, or talk to a person.',
    zh: '访客不能同意这项操作。请找这里的家人或同事，也可以转人工。',
  },
  unknown: {
    en: 'I do not know who is asking, and not everybody here may agree to that. Choose your name first, or talk to a person.',
    zh: '我还不知道您是谁，而这项操作不是人人都能同意的。请先选择您的名字，也可以转人工。',
  },
};

/** Why they may not agree to it, or undefined when they may. */
export const whyNot = (standing: Standing, risk: Risk): Localized | undefined =>
  permits(standing, risk) ? undefined : notTheirs[standing as keyof typeof notTheirs];
