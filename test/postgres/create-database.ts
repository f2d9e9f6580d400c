import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

let server: Promise<string> | undefined;

/** A new, empty database; dropped when the test is over. Returns its address. */
export async function createPostgresDatabase(): Promise<string> {
  server ??= text(connect(inject('postgresBrokerPort'), '127.0.0.1'));
  const url = await server;
  if (url === '') throw new Error('there is no PostgreSQL for the tests; the output says why');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(url, `create database ${name} template template0`);
  onTestFinished(() => execute(url, `drop database ${name} with (force)`));
  return `${url}/${name}`;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
