import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { contentDigest, type SignedRequest, signatureBase, signatureParams } from '@wayside/contract';
import { z } from 'zod';
import { certificateRequest } from './certificate-request.ts';

const kept = z.object({ key: z.string(), certificate: z.string() });

/** What an edge shows its hub: a key of its own with the hub's certificate for it. */
export type Credential = { key: KeyObject; certificate: X509Certificate };

/**
 * As it is kept, in JSON. @returns undefined for a token of before there were certificates, which opens nothing any more
 * @throws when it is neither
 */
export function readCredential(text: string): Credential | undefined {
  if (!text.startsWith('{')) return undefined;
  const { key, certificate } = kept.parse(JSON.parse(text));
  return { key: createPrivateKey(key), certificate: new X509Certificate(certificate) };
}

export const writeCredential = (one: Credential): string =>
  JSON.stringify({ key: one.key.export({ format: 'pem', type: 'pkcs8' }), certificate: one.certificate.toString() });

/** A new key, which never leaves this edge, and the request for a certificate of it. */
export function newKey(edge: string): { csr: string; with(certificate: string): Credential } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    csr: certificateRequest(privateKey, publicKey, edge),
    with: (certificate) => ({ key: privateKey, certificate: new X509Certificate(certificate) }),
  };
}

/**
 * How it stands with what is shown: `due` for the next one, at two thirds of its life and while it is still to begin (the hub's clock was ahead when
 * it was made); `run-out` when it is good for nothing but asking for the next.
 * @param now on the hub's clock
 */
export function standing(one: Credential, now: number): 'good' | 'due' | 'run-out' {
  const [from, to] = [one.certificate.validFromDate.getTime(), one.certificate.validToDate.getTime()];
  if (now >= to) return 'run-out';
  return now < from || now >= from + (2 / 3) * (to - from) ? 'due' : 'good';
}

/** The headers that show a request to be this edge's (RFC 9421). @param now on the hub's clock */
export function proofOf(one: Credential, method: string, url: URL, body: string | undefined, now: number): Record<string, string> {
  const digest = body === undefined ? undefined : createHash('sha256').update(body).digest('base64');
  const request: SignedRequest = { method, path: url.pathname, query: url.search.slice(1), digest };
  const told = {
    created: Math.floor(now / 1000),
    nonce: randomBytes(16).toString('base64url'),
    certificate: createHash('sha256').update(one.certificate.raw).digest('base64url'),
  };
  const signature = sign('sha256', Buffer.from(signatureBase(request, told)), { key: one.key, dsaEncoding: 'ieee-p1363' });
  return {
    ...(digest === undefined ? {} : { 'content-digest': contentDigest(digest) }),
    'signature-input': `edge=${signatureParams(request, told)}`,
    signature: `edge=:${signature.toString('base64')}:`,
  };
}
