import { createHash, createPublicKey, verify } from 'node:crypto';
import { contentDigest, type SignatureTold, type SignedRequest, signatureBase, signatureParams } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { Certificates } from './certificates.ts';
import { fingerprintOf } from './edge-authority.ts';
import type { Enrolment } from './enrolment.ts';
import { createOnce } from './once.ts';

/** A signature is good for a minute around its making; within that, once. */
const windowMs = 60_000;
export const renewalPath = '/v1/sync/certificate';

/** What a request shows. `peer`: the client's certificate of the TLS handshake, in DER. */
export type Showing = Omit<SignedRequest, 'digest'> & { header(name: string): string | undefined; peer: Uint8Array | undefined };
/** Who it is; and the digest that its body must have, which was signed. */
export type KnownEdge = { edge: string; digest?: string };

/**
 * Which edge a request is of. It shows its certificate's key to be its own in the TLS handshake, or, through any proxy, by signing the request
 * (RFC 9421); edges of before there were certificates show a token.
 * @returns undefined when it shows nothing of an edge we know
 * @throws WaysideError `unauthorized` that says what is wrong with a signature
 */
export function createEdgeProof(
  enrolment: Enrolment,
  certificates: Certificates,
  now: () => number,
): (showing: Showing) => Promise<KnownEdge | undefined> {
  const once = createOnce(2 * windowMs, now);
  return async (showing) => {
    const token = /^Bearer (\S+)$/i.exec(showing.header('authorization') ?? '')?.[1];
    if (token !== undefined) {
      const edge = await enrolment.whose(token);
      return edge === undefined ? undefined : { edge };
    }
    if (showing.peer) {
      const known = await certificates.whose(fingerprintOf(showing.peer), showing.path === renewalPath);
      if (known) return { edge: known.edge };
    }
    const told = readSignature(showing);
    if (!told) return undefined;
    if (Math.abs(told.created * 1000 - now()) > windowMs)
      throw new WaysideError('unauthorized', 'The signature is not of this minute. The hub’s clock is in the header Date.');
    const known = await certificates.whose(told.certificate, showing.path === renewalPath);
    if (!known) throw new WaysideError('unauthorized', 'This hub knows no such certificate, or it has run out or was locked out.');
    const key = createPublicKey({ key: Buffer.from(known.publicKey, 'base64url'), format: 'der', type: 'spki' });
    const base = signatureBase(told.request, told);
    if (!verify('sha256', Buffer.from(base), { key, dsaEncoding: 'ieee-p1363' }, told.signature))
      throw new WaysideError('unauthorized', 'The signature is not of this request and this certificate.');
    if (!once(told.signature.toString('base64'))) throw new WaysideError('unauthorized', 'This signature was used already.');
    const { digest } = told.request;
    return { edge: known.edge, ...(digest === undefined ? {} : { digest }) };
  };
}

/** Is it the body that was signed? */
export const isSigned = (body: Uint8Array, digest: string): boolean => createHash('sha256').update(body).digest('base64') === digest;

/** Only what edges send is read: one signature, over all that we ask for (RFC 9421 §3.2.1). */
function readSignature({
  method,
  path,
  query,
  header,
}: Showing): (SignatureTold & { request: SignedRequest; signature: Buffer }) | undefined {
  const [input, value] = [header('signature-input'), header('signature')];
  if (input === undefined || value === undefined) return undefined;
  const told = /^edge=\([^)]*\);created=(\d{1,12});nonce="([\w-]{16,64})";keyid="([\w-]{43})";alg="ecdsa-p256-sha256"$/.exec(input);
  const bytes = /^edge=:([A-Za-z0-9+/]{86}==):$/.exec(value)?.[1];
  const sent = header('content-digest');
  const digest = sent === undefined ? undefined : /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(sent)?.[1];
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const bad = new WaysideError('unauthorized', 'The signature must cover method, path, query and, with a body, its digest.');
  if (!told || bytes === undefined || hasBody !== (digest !== undefined) || (sent !== undefined && sent !== contentDigest(digest ?? '')))
    throw bad;
  const request = { method, path, query, digest };
  const [, created, nonce, certificate] = told as unknown as [string, string, string, string];
  const known = { created: Number(created), nonce, certificate };
  if (input !== `edge=${signatureParams(request, known)}`) throw bad;
  return { ...known, request, signature: Buffer.from(bytes, 'base64') };
}
