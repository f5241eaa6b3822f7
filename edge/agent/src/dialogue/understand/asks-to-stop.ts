const asks: readonly RegExp[] = [
  /\b(?:should|shall|must|do|does|need|needs|have|has|better)\b.*\b(?:stop|stopped|switch(?:ed)? (?:\w+ )*?off|turn(?:ed)? (?:\w+ )*?off|shut (?:\w+ )*?(?:off|down)|shutdown|pull over|unplug)\b/i,
  /(?:要不要|需不需要|用不用|该不该|应不应该|是不是[要该得]|是否|应该|必须|得|需要|要).{0,8}(?:停|关|熄火|断电|拔)/,
];
const either = /\bor\b|还是/i;

/**
 * Does somebody who asks whether it is safe ask it the other way round, whether it must stop? "Should I switch it off?", "要不要关掉": then a danger is a yes.
 * @returns `either` where both ways round are asked in one sentence, and no yes or no would be plain
 */
export function asksToStop(text: string): 'off' | 'either' | undefined {
  if (!asks.some((one) => one.test(text))) return undefined;
  return either.test(text) ? 'either' : 'off';
}
