// relay-compiler over the printed schema: its server specification (Node, connections, mutations), and the documents of
// `relay/` as the server answers them.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import compiler from 'relay-compiler';
import { ask, someTicket, token } from '../support/api.js';
import { home, schemaFile, sharedServer, work } from '../support/work.js';

const folder = join(work, 'relay');
const texts = new Map();

before(async () => {
  cpSync(join(home, 'relay'), folder, { recursive: true });
  copyFileSync(schemaFile, join(folder, 'schema.graphql'));
  const artefacts = join(folder, 'artefacts');
  mkdirSync(artefacts);
  await promisify(execFile)(compiler, ['relay.config.json'], { cwd: folder }).catch((error) => {
    throw new Error(`${error.stdout}${error.stderr}`);
  });
  for (const file of readdirSync(artefacts)) {
    const [, text] = /"text": ("(?:[^"\\]|\\.)*")/.exec(readFileSync(join(artefacts, file), 'utf8')) ?? [];
    if (text) texts.set(file.replace('.graphql.ts', ''), JSON.parse(text));
  }
});

test('the documents compile: fragments, pages both ways, refetching, mutations, a subscription', () => {
  assert.deepEqual([...texts.keys()].sort(), [
    'ticketsChangesSubscription',
    'ticketsCommentMutation',
    'ticketsCommentsPaginationQuery',
    'ticketsCreateMutation',
    'ticketsDetailQuery',
    'ticketsListPaginationQuery',
    'ticketsPageQuery',
  ]);
});

test('the server takes what the compiler wrote', async () => {
  const url = await sharedServer();
  const admin = await token(url);
  const first = await ask(url, admin, texts.get('ticketsPageQuery'), {});
  const { pageInfo, edges } = first.tickets;
  assert.equal(edges.length, 20);
  const second = await ask(url, admin, texts.get('ticketsListPaginationQuery'), { count: 5, cursor: pageInfo.endCursor });
  const seen = new Set(edges.map((edge) => edge.node.id));
  assert.equal(second.tickets.edges.filter((edge) => seen.has(edge.node.id)).length, 0);
  const { id } = await someTicket(url, admin);
  const detail = await ask(url, admin, texts.get('ticketsDetailQuery'), { id });
  assert.equal(detail.node.id, id);
  const refetched = await ask(url, admin, texts.get('ticketsCommentsPaginationQuery'), { id, count: 1 });
  assert.equal(refetched.node.__typename, 'Ticket');
  const added = await ask(url, admin, texts.get('ticketsCommentMutation'), { input: { ticketId: id, body: 'From Relay' } });
  assert.equal(added.ticketCommentAdd.comment.body, 'From Relay');
});
