import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from '../workbench.ts';
import type { Installation } from './installation.ts';
import { type Program, startProgram, waitForPort } from './program.ts';

/** What the application behind both servers answers: small, and never the bottleneck. */
export const ANSWER_BYTES = 1024;

/** The application: an nginx with one worker that answers 1 KiB of text from memory. */
export async function startUpstream(workbench: Workbench, port: number): Promise<Program> {
  return startNginx(workbench, 'upstream', workbench.cores.client, port, [
    `listen 127.0.0.1:${port};`,
    'location / {',
    '  default_type text/plain;',
    `  return 200 '${'a'.repeat(ANSWER_BYTES)}';`,
    '}',
  ]);
}

/**
 * The peer: one worker, the same certificates, the same application, keep-alive to it. It verifies the client's
 * certificate and tells its fingerprint, but decides nothing: it knows no sessions and no accounts.
 */
export async function startPeer(
  workbench: Workbench,
  installation: Installation,
  ports: { readonly https: number; readonly upstream: number },
): Promise<Program> {
  const server = [
    `listen 127.0.0.1:${ports.https} ssl;`,
    `server_name ${installation.applicationHost};`,
    `ssl_certificate ${installation.serverCertificateFile};`,
    `ssl_certificate_key ${installation.serverKeyFile};`,
    'ssl_protocols TLSv1.2 TLSv1.3;',
    'ssl_verify_client optional;',
    'ssl_verify_depth 2;',
    `ssl_client_certificate ${installation.clientAuthoritiesFile};`,
    'location / {',
    '  proxy_pass http://application;',
    '  proxy_http_version 1.1;',
    '  proxy_set_header Connection "";',
    '  proxy_set_header Host $http_host;',
    '  proxy_set_header X-Forwarded-For $remote_addr;',
    '  proxy_set_header X-Forwarded-Proto https;',
    '  proxy_set_header X-Forwarded-Host $http_host;',
    '  proxy_set_header X-Client-Verify $ssl_client_verify;',
    '  proxy_set_header X-Client-Fingerprint $ssl_client_fingerprint;',
    '}',
  ];
  return startNginx(workbench, 'peer', workbench.cores.server, ports.https, server, [
    `upstream application { server 127.0.0.1:${ports.upstream}; keepalive 64; keepalive_requests 1000000000; }`,
  ]);
}

async function startNginx(
  workbench: Workbench,
  name: string,
  core: number,
  port: number,
  server: readonly string[],
  http: readonly string[] = [],
): Promise<Program> {
  const folder = join(workbench.directory, name);
  mkdirSync(join(folder, 'temp'), { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${join(folder, 'temp', kind)};`,
  );
  const configuration = [
    'daemon off;',
    'worker_processes 1;',
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `pid ${join(folder, 'pid')};`,
    'error_log stderr error;',
    'events { worker_connections 2048; }',
    'http {',
    'access_log off;',
    'keepalive_requests 1000000000;',
    'keepalive_timeout 600s;',
    ...temporary,
    ...http,
    'server {',
    ...server,
    '}',
    '}',
  ];
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, `${configuration.join('\n')}\n`);
  const logFile = join(workbench.directory, `${name}.log`);
  const program = await startProgram({ command: ['nginx', '-p', folder, '-c', file], core, logFile });
  workbench.onClose(program.stop);
  await waitForPort(port, program, logFile);
  return program;
}
