import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';
import { writeSecret } from '@wayside/sqlite';

const dayMs = 86_400_000;
export const certificateMs = 30 * dayMs;
const authorityMs = 20 * 365 * dayMs;
/** A clock at the other end may be a little behind. */
const slackMs = 5 * 60_000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A certificate, and what the hub keeps of it. */
export type Issued = { certificate: string; fingerprint: string; publicKey: string; issuedAt: number; expiresAt: number };

/** The hub as a small certificate authority: for its edges, and for nobody else. */
export type EdgeAuthority = {
  /** Its own certificate in PEM, to ask edges for theirs in a TLS handshake. */
  certificate(): Promise<string>;
  /** @param csr PKCS #10 in PEM for a P-256 key. @throws WaysideError `invalid` when it is none, or is not signed by its own key */
  issue(csr: string, edge: string): Promise<Issued>;
};

const load = async () => {
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  return x509;
};

/** @param file where its key is kept; made at the first use */
export function createEdgeAuthority(file: string, now: () => number): EdgeAuthority {
  let own: ReturnType<typeof open> | undefined;
  const mine = () => {
    own ??= open(file, now);
    return own.catch((error: unknown) => {
      own = undefined;
      throw error;
    });
  };
  return {
    certificate: async () => (await mine()).certificate.toString('pem'),
    async issue(csr, edge) {
      const x509 = await load();
      const refuse = (cause?: unknown) =>
        new WaysideError('invalid', 'The certificate request is not one for a P-256 key, signed by that key (PKCS #10, PEM).', { cause });
      const request = await Promise.resolve()
        .then(() => new x509.Pkcs10CertificateRequest(csr))
        .catch((cause: unknown) => Promise.reject(refuse(cause)));
      const { name, namedCurve } = request.publicKey.algorithm as EcKeyAlgorithm;
      if (name !== algorithm.name || namedCurve !== algorithm.namedCurve || !(await request.verify().catch(() => false))) throw refuse();
      const { key, certificate: authority } = await mine();
      const issuedAt = Math.floor(now());
      const made = await x509.X509CertificateGenerator.create({
        serialNumber: serial(),
        issuer: authority.subject,
        subject: `CN=${edge}`,
        notBefore: new Date(issuedAt - slackMs),
        notAfter: new Date(issuedAt + certificateMs),
        publicKey: request.publicKey,
        signingKey: key,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
        ],
      });
      return {
        certificate: made.toString('pem'),
        fingerprint: fingerprintOf(new Uint8Array(made.rawData)),
        publicKey: Buffer.from(request.publicKey.rawData).toString('base64url'),
        issuedAt,
        expiresAt: issuedAt + certificateMs,
      };
    },
  };
}

/** By what the hub knows a certificate. @param der its DER form */
export const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('base64url');

/** RFC 5280 §4.1.2.2: positive, at most 20 bytes. */
const serial = (): string => `01${randomBytes(15).toString('hex')}`;

async function open(file: string, now: () => number) {
  const x509 = await load();
  const kept = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new WaysideError('internal', `The key of this hub's edges, ${file}, cannot be read. Check its owner and rights.`, { cause });
  });
  if (kept === undefined) return make(file, now());
  try {
    const [pkcs8, certificate] = x509.PemConverter.decode(kept) as [ArrayBuffer, ArrayBuffer];
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
    return { key, certificate: new x509.X509Certificate(certificate) };
  } catch (cause) {
    throw new WaysideError(
      'internal',
      `The key of this hub's edges, ${file}, is damaged. Put a copy back, or move it away: then a new one is made, and edges go on with what they have.`,
      { cause },
    );
  }
}

async function make(file: string, at: number) {
  const x509 = await load();
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: 'CN=Wayside edges',
    notBefore: new Date(at - slackMs),
    notAfter: new Date(at + authorityMs),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  await writeSecret(file, `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n${certificate.toString('pem')}\n`);
  return { key: keys.privateKey, certificate };
}
