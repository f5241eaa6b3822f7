/** What was asked for cannot be made; the message says why and what would be right. */
export class Unclear extends Error {}
