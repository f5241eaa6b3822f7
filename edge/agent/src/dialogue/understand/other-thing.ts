import type { TalkedAbout } from '../respond-types.ts';

/** What else people own or talk of, and no pack knows. In the rain, on the other hand, is when one of ours has its trouble. */
const things: readonly RegExp[] = [
  /\b(dish ?washer|washing machine|(tumble )?dryer|fridge|freezer|refrigerator|oven|stove|cooker|microwave|kettle|toaster|coffee ?(machine|maker)|tv|telly|television|radio|phone|mobile|laptop|tablet|printer|computer|router|wi-?fi|broadband|doorbell|garage door|lawn ?mower|vacuum( cleaner)?|hoover|lift|elevator|toilet|shower|sink|bath ?tub|bicycle|bike|dog|cat|(?<!\b(in|after|during|since) (the |heavy |cold |wet )?)(weather|rain|snow(ing)?)|football|shops?|canteen|traffic|taxi|pizza)\b/i,
  /洗碗机|洗衣机|烘干机|冰箱|冰柜|烤箱|微波炉|电饭煲|水壶|咖啡机|电视|收音机|手机|电脑|平板|打印机|路由器|网速|宽带|门铃|车库门|割草机|吸尘器|扫地机|电梯|马桶|淋浴|水槽|自行车|电动车棚|天气(?!一)|下[雨雪](?![天时后就的])|足球|超市|商店|食堂|堵车|打车|外卖|笑话/,
];
/** Said of one of ours as well: then it is not about the other alone. */
const ours =
  /\b(car|engine|pump|heating|heater|boiler|heat pump|aircon|air conditioning|motor)\b|车(?!库|棚)|发动机|泵|暖气|供暖|热泵|锅炉|壁挂炉|空调|电机/i;

/** Is the sentence about a thing that is not ours? "Could you look at my dishwasher too?" A machine here that is called so is ours. */
export function aboutOtherThing(text: string, here: readonly Pick<TalkedAbout, 'title'>[]): boolean {
  const named = things.flatMap((one) => one.exec(text)?.[0] ?? []);
  if (named.length === 0 || ours.test(text)) return false;
  return !here.some(({ title }) => named.some((name) => title.toLowerCase().includes(name.toLowerCase())));
}
