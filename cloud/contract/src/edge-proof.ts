import { id } from '@wayside/protocol';
import { z } from 'zod';

/** How an edge shows who it is: by a certificate the hub gave it for a key that never left it. */

const pem = z.string().min(100).max(8_000);

/** `csr`: PKCS #10 in PEM (RFC 2986), with the key the certificate is to be for. */
export const certificateRequest = z.object({ csr: pem }).strict();
export const certificateRequestExample: z.input<typeof certificateRequest> = {
  csr: '-----BEGIN CERTIFICATE REQUEST-----\nMIHMMHQCAQAwEjEQMA4GA1UEAwwHZ2FyYWdlMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABA\n-----END CERTIFICATE REQUEST-----\n',
};

export const enrolment = z.object({ code: z.string().min(1).max(200), edge: id, csr: pem }).strict();
export const enrolmentExample: z.input<typeof enrolment> = {
  code: 'join_V1StGXR8Z5jdHi6BmyTV1StGXR8Z5jdHi6BmyTV1Std',
  edge: 'garage-1',
  ...certificateRequestExample,
};

/** The certificate in PEM (X.509, RFC 5280). At enrolment also the root (TUF) from which the edge trusts updates from then on. */
export const certified = z.object({ certificate: pem, root: z.string().max(512_000).optional() });
export const certifiedExample: z.input<typeof certified> = {
  certificate:
    '-----BEGIN CERTIFICATE-----\nMIIBTjCB9aADAgECAhAF8a8Jp0Yc8hQmX2l6cZyZMAoGCCqGSM49BAMCMBcxFTATBgNVBAMM\n-----END CERTIFICATE-----\n',
};

/** A request as its signature covers it. `digest`: the SHA-256 of its body in base64, when it has one. */
export type SignedRequest = { method: string; path: string; query: string; digest: string | undefined };
/** `created`: Unix seconds on the hub's clock. `certificate`: the SHA-256 of its DER form in base64url, by which the hub knows it. */
export type SignatureTold = { created: number; nonce: string; certificate: string };

/** The value of `Content-Digest` (RFC 9530 §2). */
export const contentDigest = (sha256: string): string => `sha-256=:${sha256}:`;

/** The value of `Signature-Input` without its label (RFC 9421 §2.3). */
export function signatureParams(request: SignedRequest, { created, nonce, certificate }: SignatureTold): string {
  const covered = ['"@method"', '"@path"', '"@query"', ...(request.digest === undefined ? [] : ['"content-digest"'])];
  return `(${covered.join(' ')});created=${created};nonce="${nonce}";keyid="${certificate}";alg="ecdsa-p256-sha256"`;
}

/** What is signed (RFC 9421 §2.5). The host is not covered, since proxies write it anew; no other hub knows the certificate. */
export function signatureBase(request: SignedRequest, told: SignatureTold): string {
  const { method, path, query, digest } = request;
  const lines = [`"@method": ${method}`, `"@path": ${path}`, `"@query": ?${query}`];
  if (digest !== undefined) lines.push(`"content-digest": ${contentDigest(digest)}`);
  return [...lines, `"@signature-params": ${signatureParams(request, told)}`].join('\n');
}
