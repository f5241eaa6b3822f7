import { expect, it } from 'vitest';
import * as contract from './edge-proof.ts';

const told = { created: 1_618_884_473, nonce: 'b3k2pp5k7z-50gnwp.yemd', certificate: 'abc' };

it('covers method, path, query and body, in the form of RFC 9421 §2.5', () => {
  expect(contract.signatureBase({ method: 'POST', path: '/v1/sync/up', query: '', digest: 'X48E9q=' }, told)).toBe(
    `"@method": POST
"@path": /v1/sync/up
"@query": ?
"content-digest": sha-256=:X48E9q=:
"@signature-params": ("@method" "@path" "@query" "content-digest");created=1618884473;nonce="b3k2pp5k7z-50gnwp.yemd";keyid="abc";alg="ecdsa-p256-sha256"`,
  );
  expect(contract.signatureBase({ method: 'GET', path: '/v1/sync/down', query: 'after=3', digest: undefined }, told)).toBe(
    `"@method": GET
"@path": /v1/sync/down
"@query": ?after=3
"@signature-params": ("@method" "@path" "@query");created=1618884473;nonce="b3k2pp5k7z-50gnwp.yemd";keyid="abc";alg="ecdsa-p256-sha256"`,
  );
});

it('has messages that read their examples, and nothing more than they say', () => {
  for (const [schema, example] of [
    [contract.certificateRequest, contract.certificateRequestExample],
    [contract.enrolment, contract.enrolmentExample],
    [contract.certified, contract.certifiedExample],
  ] as const)
    expect(schema.parse(example)).toEqual(example);
  expect(contract.enrolment.safeParse({ ...contract.enrolmentExample, role: 'admin' }).success).toBe(false);
});
