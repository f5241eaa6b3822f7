import { looksAtMood, type Measures, type PolicyRule } from '@wayside/packs';

/** What is written down, and said, in place of a rule that looked at the mood: that it was so is personal, and nobody is told that they sound upset. */
export const moodRule = {
  id: 'conversation',
  because: { en: 'A person can help better here.', zh: '这里由人工处理更合适。' },
};

/** A rule as it may be kept without consent. */
export const veiled = (rule: PolicyRule): Pick<PolicyRule, 'id' | 'because'> => (looksAtMood(rule) ? moodRule : rule);

/** Measures as they may be kept without consent: nothing of how the person felt. */
export function withoutMood({ sentiment: _, sentimentTrend: __, ...rest }: Measures): Measures {
  return rest;
}
