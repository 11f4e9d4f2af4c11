// GraphQL over HTTP, by the audits of graphql-http. Each audit is a test; MUST and SHOULD have to pass, MAY is reported.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { token } from '../support/api.js';
import { sharedServer } from '../support/work.js';

let url;
let authorization;
before(async () => {
  url = await sharedServer();
  authorization = `Bearer ${await token(url)}`;
});

const audits = serverAudits({
  url: () => `${url}/graphql`,
  fetchFn: (input, init = {}) => fetch(input, { ...init, headers: { ...init.headers, authorization } }),
});

test('there are audits of all three kinds', () => {
  for (const kind of ['MUST', 'SHOULD', 'MAY']) {
    assert.ok(audits.some((audit) => audit.name.startsWith(kind)), kind);
  }
});

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async (t) => {
    const result = await audit.fn();
    if (result.status === 'ok') return;
    const found = `${result.status}: ${result.reason}`;
    if (audit.name.startsWith('MAY')) t.diagnostic(found);
    else assert.fail(found);
  });
}
