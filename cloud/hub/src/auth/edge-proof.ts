import { createHash, createPublicKey, type KeyObject, verify as verifyWith } from 'node:crypto';
import { promisify } from 'node:util';
import { contentDigest, type SignatureTold, type SignedRequest, signatureBase, signatureParams } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { CertificateOwner, Certificates } from './certificates.ts';
import { fingerprintOf } from './edge-authority.ts';
import { createOnce } from './once.ts';
import { createRecent } from './recent.ts';

/** A signature is good for a minute around its making; within that, once. */
const windowMs = 60_000;
export const renewalPath = '/v1/sync/certificate';

/** What a request shows. `peer`: the client's certificate of the TLS handshake, in DER. */
export type Showing = Omit<SignedRequest, 'digest'> & { header(name: string): string | undefined; peer: Uint8Array | undefined };
/** Who it is, by the fingerprint of which certificate; and the digest that its body must have, which was signed. */
export type KnownEdge = { edge: string; credential: string; digest?: string };
export type EdgeProof = {
  /**
   * Which edge a request is of.
   * @param mayBeOld whom a credential let in lately it lets in again, without a look into the store: for who holds it against the store anyway
   * @returns undefined when it shows nothing of an edge we know
   * @throws WaysideError `unauthorized` that says what is wrong with a signature
   */
  know(showing: Showing, mayBeOld?: boolean): Promise<KnownEdge | undefined>;
  /** This credential lets nobody in any more. */
  forget(credential: string): void;
};

/** On a thread of its own: what one edge proves keeps no other waiting. */
const verify = promisify(verifyWith);

/**
 * An edge shows its certificate's key to be its own in the TLS handshake, or, through any proxy, by signing the request (RFC 9421). Nothing else lets one
 * in: a secret that is sent along could be taken from a log, a proxy or a copy of the store.
 */
export function createEdgeProof(certificates: Certificates, now: () => number): EdgeProof {
  const once = createOnce(2 * windowMs, now);
  const owners = createRecent<CertificateOwner>();
  const keys = createRecent<KeyObject>();

  async function ownerOf(fingerprint: string, { path }: Showing, mayBeOld: boolean): Promise<CertificateOwner | undefined> {
    const owner = await owners.get(fingerprint, mayBeOld, () => certificates.whose(fingerprint, path === renewalPath));
    return owner && owner.expiresAt <= now() ? certificates.whose(fingerprint, path === renewalPath) : owner;
  }
  const keyOf = ({ publicKey }: CertificateOwner) =>
    keys.get(publicKey, true, () => createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' }));

  return {
    async know(showing, mayBeOld = false) {
      if (showing.peer) {
        const credential = fingerprintOf(showing.peer);
        const owner = await ownerOf(credential, showing, mayBeOld);
        if (owner) return { edge: owner.edge, credential };
      }
      const told = readSignature(showing);
      if (!told) return undefined;
      if (Math.abs(told.created * 1000 - now()) > windowMs)
        throw new WaysideError('unauthorized', 'The signature is not of this minute. The hub’s clock is in the header Date.');
      const owner = await ownerOf(told.certificate, showing, mayBeOld);
      if (!owner) throw new WaysideError('unauthorized', 'This hub knows no such certificate, or it has run out or was locked out.');
      const base = Buffer.from(signatureBase(told.request, told));
      const key = (await keyOf(owner)) as KeyObject;
      if (!(await verify('sha256', base, { key, dsaEncoding: 'ieee-p1363' }, told.signature)))
        throw new WaysideError('unauthorized', 'The signature is not of this request and this certificate.');
      if (!once(told.signature.toString('base64'))) throw new WaysideError('unauthorized', 'This signature was used already.');
      const { digest } = told.request;
      return { edge: owner.edge, credential: told.certificate, ...(digest === undefined ? {} : { digest }) };
    },
    forget: owners.forget,
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
