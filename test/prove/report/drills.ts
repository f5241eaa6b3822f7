/** What is drilled, and where: each is a test with its required behaviour. */
export const drills = `## Drills

Each is a test with its required behaviour; all run with \`npm test\`.

| drill | where |
| --- | --- |
| An administrator rewrites the hub's tables, or its log with its own key | test/faults/record-drills.test.ts |
| An old image of the edge is put back; the signing key is lost | test/faults/record-drills.test.ts |
| The hub shows different edges different logs, shortens or rewrites its log | edge/agent/src/record/witness.test.ts |
| A hub that lost its disk is filled again by its fleet; one put back to an earlier state is sent what it lost, and heard anew | test/faults/delivery.test.ts |
| An edge that was copied shows at the first number both use | test/faults/delivery.test.ts |
| A month without the hub is brought up in order, behind whoever asks for a person now | test/faults/delivery.test.ts |
| A damaged store is set aside and salvaged, service goes on within 10 s, the loss is said | test/faults/delivery.test.ts, edge/agent/src/rescue/rescue.test.ts |
| A store breaks in use: the edge sets it aside and goes on in the same process | edge/agent/src/rescue/keep-going.test.ts |
| A full disk: ballast thrown off, telemetry thinned with a record | edge/agent/src/rescue/rescue.test.ts |
| Killed at any moment of the main job | test/faults/kill.test.ts |
| Every route for each role of each tenant; a stolen session, a stolen edge | cloud/hub/src/api/roles.test.ts |
| A device that speaks for another: messages, wills, kept subscriptions, sessions | edge/agent/src/link/door.test.ts |
| A hub that goes without a word: the edge notices the silent socket, and makes another | edge/agent/src/sync/wake-socket.test.ts |
| A crash between the store and the key | edge/agent/src/record/recorder.test.ts |
| The standards' own vectors: RFC 8785, RFC 8032 and Wycheproof, RFC 9162, C2SP | record/src/vectors.test.ts |
| Two verifiers, written apart, agree on every record | record/src/agreement.test.ts |
`;
