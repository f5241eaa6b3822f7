import type { FeelingKind } from './feeling.ts';

/** Words that tell a feeling, by how strongly. Short on purpose: each can be read and argued with. */
type Lexicon = Record<FeelingKind, Record<string, string>>;

export const english: Lexicon = {
  anger: {
    1: 'furious|fuck|fucking|fucked|bastard|piece of shit|go to hell',
    0.9: 'shit|idiot|idiotic|stupid thing|outrageous|bullshit',
    0.8: 'angry|useless|stupid|crap|unacceptable|scam|rip off|pathetic|incompetent|pissed off|makes me mad',
    0.7: 'ridiculous|hate|awful|horrible|terrible|worst|rubbish|garbage|what a joke|is a joke|bad joke|nonsense|lying to me|complaint',
    0.6: 'damn|bloody|annoyed|for god sake|for gods sake|for heavens sake',
  },
  frustration: {
    0.8: 'fed up|sick of|waste of time|wasting my time|sick and tired|desperate|going round in circles|going in circles',
    0.7: 'frustrated|frustrating|had enough|pointless|third time|for the last time|how many times|hopeless|can not take',
    0.6: 'annoying|annoys me|not helpful|no help at all|give up|giving up|disappointed|upset|no use|keeps happening|all day',
    0.4: 'yet again|still not|still does not|not again|freezing|hours now|days now',
    0.15: 'again',
  },
  anxiety: {
    0.8: 'terrified|panic|panicking|i am so scared|going to die|am i going to die',
    0.7: 'scared|afraid|frightened|frightening|scary',
    0.6: 'worried|worrying|nervous|anxious|baby in the car|kids in the car|children in the car|alone here|alone on the road|middle of nowhere',
    0.5: 'not safe|dangerous|concerned|what if it|could it explode|will it explode',
  },
  urgency: {
    1: 'immediately|right now please|as fast as you can|asap|emergency',
    0.8: 'urgent|urgently|hurry|quick|quickly|no time|at once|in a hurry|running late|late for',
    0.6: 'fast|soon as possible|by tonight|before tonight|guests are coming|need it today',
  },
  satisfaction: {
    0.8: 'perfect|awesome|wonderful|brilliant|excellent|amazing|you are the best|fantastic',
    0.6: 'thank you so much|great|love it|helpful|relieved|well done|glad',
    0.5: 'thank you|thanks|nice|solved|works again|it works|fixed it|good to know',
    0.3: 'good|cheers',
  },
};

export const chinese: Lexicon = {
  anger: {
    1: '他妈|妈的|去死|操你',
    0.9: '气死|废物|白痴|混蛋|垃圾东西|骗子',
    0.8: '垃圾|什么破|坑人|可恶|受不了|忍不了|滚|生气|火大|发火|投诉',
    0.7: '离谱|荒唐|差劲|太差|骗人|破东西|破车|破机器|傻|什么玩意',
    0.6: '搞什么|讨厌|烦人',
  },
  frustration: {
    0.8: '烦死|浪费时间|崩溃|折腾死|没完没了|来回折腾',
    0.7: '失望|说了多少遍|说过多少次|第三次|到底行不行|一点用都没有|毫无用处',
    0.6: '真烦|太烦|好烦|没用|折腾|冻死|热死|半天了|一整天',
    0.4: '还是不行|又坏|又来|又是|怎么还|还没好|又不',
    0.25: '到底',
  },
  anxiety: {
    0.8: '吓死|好害怕|慌死|怎么办啊怎么办|会不会死',
    0.7: '害怕|好怕|可怕|吓人|恐慌',
    0.6: '担心|慌|紧张|孩子在车|车上有孩子|荒郊野外|不敢开|不敢用',
    0.5: '会不会爆炸|会爆炸吗|不安全|危险吗|不放心',
  },
  urgency: {
    1: '马上马上|立刻马上|火速|十万火急',
    0.8: '急死|着急|赶紧|快点|赶时间|来不及|紧急|尽快',
    0.6: '急用|等着用|今晚之前|今天必须',
  },
  satisfaction: {
    0.8: '太好了|太棒|完美|真棒|厉害|好极了',
    0.6: '感谢|很好|解决了|修好了|帮大忙|放心了',
    0.5: '谢谢|多谢|不错|有用|喜欢|好用',
  },
};
