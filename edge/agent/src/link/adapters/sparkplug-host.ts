/**
 * What a host application of Sparkplug says of itself (Eclipse Sparkplug 3.0.0, clauses 5.4 and 6.4.10): retained when it comes, as its last will when it
 * goes. Nodes that were given this name as their primary host store what they measure until it is there.
 */
export const hostState = (host: string, online: boolean, timestamp: number) => ({
  topic: `spBv1.0/STATE/${host}`,
  payload: JSON.stringify({ online, timestamp: Math.floor(timestamp) }),
});
