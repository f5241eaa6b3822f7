const asks: readonly RegExp[] = [
  /\b(?:can|could|will|may|should)\b.{0,20}\b(?:make it|drive|reach|get (?:it|there|home|as far))\b.{0,30}\b(?:to|as far as|another|\d+ ?(?:km|kilomet\w+|mi|miles?|hours?|minutes?))\b/i,
  /(?:能|可以|能不能|可不可以|行不行).{0,6}(?:开|跑|撑|坚持|走|骑)(?:到|去|回|得到).{1,12}/,
];

/**
 * Does somebody ask whether the machine will take them somewhere? "Can I make it to Boston, 40 miles?", "还能开到上海吗": places are without number, so
 * no template names them; what is asked is whether it is safe to go on.
 */
export const asksHowFar = (text: string): boolean => text.length <= 200 && asks.some((one) => one.test(text));
