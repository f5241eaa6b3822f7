import 'reflect-metadata';
import { createHash, randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { contentDigest, signatureBase, signatureParams } from '@wayside/contract';
import { type Answer, call } from './call.ts';
import type { Hub } from './hub.ts';

/** What tests of a hub stand on: an edge with a key of its own, written apart from the real one's. */
export type SigningEdge = { edge: string; keys: CryptoKeyPair; certificate: x509.X509Certificate };
export type SignedAsk = { method: string; path: string; query?: string; body?: unknown };
export type Signed = { raw: string | undefined; headers: Record<string, string> };

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export const newKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

export async function requestFor(keys: CryptoKeyPair, name = 'any'): Promise<string> {
  return (await x509.Pkcs10CertificateRequestGenerator.create({ name: `CN=${name}`, keys, signingAlgorithm: algorithm })).toString('pem');
}

/** Enrols an edge with a code. @returns what the hub said, and the edge when it was let in */
export async function enrolWith(url: string, code: string, edge: string): Promise<Answer<{ code?: string }> & { made: SigningEdge }> {
  const keys = await newKeys();
  const answer = await call<{ certificate: string; code?: string }>(url, 'POST', '/v1/edges/enrol', {
    body: { code, edge, csr: await requestFor(keys) },
  });
  const certificate = answer.status === 200 ? new x509.X509Certificate(answer.body.certificate) : (undefined as never);
  return { ...answer, made: { edge, keys, certificate } };
}

/** Lets an edge in at a hub, as its admin and the edge do it together. @throws when it is not let in */
export async function enrolAt({ hub, url }: { hub: Hub; url: string }, edge: string, tenant?: string): Promise<SigningEdge> {
  const { status, body, made } = await enrolWith(url, await hub.createEnrolmentCode(edge, tenant), edge);
  if (status !== 200) throw new Error(`${edge} was not let in: ${JSON.stringify(body)}`);
  return made;
}

/** The headers of a request that an edge signs (RFC 9421), and its body. @param created seconds since 1970 */
export async function signed(
  { keys, certificate }: SigningEdge,
  asked: SignedAsk,
  created = Math.floor(Date.now() / 1000),
): Promise<Signed> {
  const { method, path, query = '', body } = asked;
  const raw = body === undefined ? undefined : JSON.stringify(body);
  const digest = raw === undefined ? undefined : createHash('sha256').update(raw).digest('base64');
  const request = { method, path, query, digest };
  const told = {
    created,
    nonce: randomBytes(16).toString('base64url'),
    certificate: createHash('sha256').update(new Uint8Array(certificate.rawData)).digest('base64url'),
  };
  const signature = await crypto.subtle.sign(algorithm, keys.privateKey, Buffer.from(signatureBase(request, told)));
  return {
    raw,
    headers: {
      ...(digest === undefined ? {} : { 'content-digest': contentDigest(digest) }),
      'signature-input': `edge=${signatureParams(request, told)}`,
      signature: `edge=:${Buffer.from(signature).toString('base64')}:`,
    },
  };
}

/** Asks what was signed, or something else with the same headers. */
export const send = <T = Record<string, unknown>>(url: string, asked: SignedAsk, { raw, headers }: Signed): Promise<Answer<T>> =>
  call<T>(url, asked.method, asked.path + (asked.query ? `?${asked.query}` : ''), { headers, ...(raw === undefined ? {} : { raw }) });

export const askAs = async <T = Record<string, unknown>>(
  url: string,
  edge: SigningEdge,
  asked: SignedAsk,
  created?: number,
): Promise<Answer<T>> => send<T>(url, asked, await signed(edge, asked, created));
