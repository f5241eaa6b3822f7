/**
 * Stands in the bundle for `node:http2`, of which our HTTP library asks only whether a request came by it: none does, our servers speak HTTP/1.1, and Node's
 * own module takes time and memory to load.
 */
export class Http2ServerRequest {}
export const constants = {};
