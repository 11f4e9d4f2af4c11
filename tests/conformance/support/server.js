// Throw-away servers, each on a free port of loopback with a copy of the demo company.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { home, sharedServer, work } from './work.js';

let count = 0;

/**
 * Starts a server; `settings` are keys of its configuration, such as `{ 'server.live.init_timeout': '1s' }`.
 * `stop()` ends it as an operator would, `start()` starts it again at the same address.
 */
export async function startServer(settings = {}) {
  const name = `${process.pid}-${(count += 1)}`;
  const data = join(work, `data-${name}`);
  cpSync(join(work, 'demo'), data, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(work, `server-${name}.log`);
  const env = { ...process.env, AFTERCARE__DEMO: 'true', AFTERCARE__SERVER__WEB_DIR: join(home, '../../web/dist') };
  for (const [key, value] of Object.entries(settings)) {
    env[`AFTERCARE__${key.toUpperCase().replaceAll('.', '__')}`] = String(value);
  }
  // What `run` ends when a check can't any more.
  const left = join(work, `${name}.pid`);
  let child;
  const server = {
    url,
    async start() {
      const out = openSync(log, 'a');
      const flags = ['serve', '--address', `127.0.0.1:${port}`, '--data-dir', data];
      child = spawn(process.env.AFTERCARE_BIN, flags, { env, stdio: ['ignore', out, out] });
      writeFileSync(left, String(child.pid));
      for (let tries = 0; tries < 300; tries += 1) {
        if (child.exitCode !== null) break;
        if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) return server;
        await sleep(100);
      }
      child.kill('SIGKILL');
      throw new Error(`the server doesn't start:\n${readFileSync(log, 'utf8')}`);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      rmSync(left, { force: true });
    },
  };
  return server.start();
}

/** A server of a check's own, once the demo company stands; the check stops it. */
export async function ownServer(settings) {
  await sharedServer();
  return startServer(settings);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
