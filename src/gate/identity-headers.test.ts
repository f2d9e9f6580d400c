import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeHeaderText } from './identity-headers.ts';
import { type GateLab, openGateLab } from './testing/gate-lab.ts';

let lab: GateLab;
beforeAll(async () => {
  lab = await openGateLab();
});
afterAll(() => lab.close());
afterEach(() => lab.upstream.clear());

/** As CGI and WSGI see a field: case and punctuation are gone. */
function cgiFields(rawHeaders: readonly string[]): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '_');
    fields.set(name, [...(fields.get(name) ?? []), rawHeaders[index + 1] ?? '']);
  }
  return fields;
}

const FORGED = [
  'Propusk-Login',
  'propusk-login',
  'PROPUSK_LOGIN',
  'Propusk_Login',
  'Propusk.Login',
  'propusk~login',
  'Propusk-Name',
  'Propusk-Account',
  'Propusk-Assertion',
  'Propusk_Assertion',
  'Propusk-Anything',
  'X-Propusk-Login',
  'X_Propusk_Login',
  'Client-Cert',
  'Client_Cert_Chain',
  'X-Client-Cert',
  'Ssl-Client-S-Dn',
  'X-SSL-Client-CN',
  'Forwarded',
  'X-Forwarded-For',
  'X_Forwarded_For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Forwarded-User',
  'X-Forwarded-Prefix',
  'X-Real-IP',
  'X_Real_IP',
  'True-Client-IP',
  'X-Original-URL',
  'X-Rewrite-URL',
  'Remote-User',
  'Remote_User',
  'Proxy',
  'X-Client-DN',
  'X_Client_DN',
  'X-Client-S-DN',
  'X-Client-Verify',
  'X-Client-Certificate',
  'X-Client-Cert-Chain',
  'X-SSL-Client-Verify',
  'SSL-Client-Cert',
  'SSL_CLIENT_S_DN',
  'X-TLS-Client-Subject',
  'X-ARR-ClientCert',
  'X-Amzn-Mtls-Clientcert',
  'X-Forwarded',
  'X-Forwarded-Client-Cert',
  'X-Host',
  'X-HTTP-Host-Override',
  'X-Original-Host',
  'X-Original-URI',
  'X-Client-IP',
  'CF-Connecting-IP',
  'CF-Access-Authenticated-User-Email',
  'Remote-Groups',
  'X-Remote-User',
  'X-Auth-Request-Email',
  'X-WebAuth-User',
  'X-MS-Client-Principal-Name',
  'Front-End-Https',
  'Content_Length',
  'Transfer_Encoding',
  'TE',
  'Keep-Alive',
  'Proxy-Connection',
  'Proxy-Authorization',
  'HTTP2-Settings',
];

describe('what a client says about who it is', () => {
  test.each(['HTTP/1.1', 'HTTP/2'])('never reaches the application over %s', async (version) => {
    const { ivanov } = lab.cast;
    const forged = Object.fromEntries(FORGED.map((name) => [name, 'forged']));
    if (version === 'HTTP/2') {
      const session = await lab.http2(ivanov);
      // HTTP/2 has no connection-specific fields at all.
      for (const name of ['TE', 'Keep-Alive', 'Proxy-Connection', 'HTTP2-Settings']) delete forged[name];
      const lower = Object.fromEntries(
        Object.entries(forged).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const answer = await lab.http2Request(session, {
        ':path': '/',
        cookie: `__Host-propusk-session=${ivanov.token}`,
        ...lower,
      });
      session.close();
      expect(answer.status).toBe(200);
    } else {
      expect((await lab.request({ session: ivanov, headers: forged })).status).toBe(200);
    }
    expect(lab.upstream.wire()).not.toContain('forged');
    const fields = cgiFields(lab.upstream.requests[0]?.rawHeaders ?? []);
    expect(fields.get('PROPUSK_LOGIN')).toEqual(['ivanov']);
    expect(fields.get('X_FORWARDED_FOR')).toEqual(['127.0.0.1']);
    expect(fields.get('HOST')).toHaveLength(1);
  });

  test('everything else goes on as it was written', async () => {
    const { ivanov } = lab.cast;
    await lab.request({
      session: ivanov,
      headers: {
        'X-Custom_Name': 'kept',
        Authorization: 'Basic eDp5',
        'X-Requested-With': 'XMLHttpRequest',
        'X-Client-Version': '7',
        'X-Auth-Token': 'of the application',
        'X-HTTP-Method-Override': 'PATCH',
      },
    });
    expect(lab.upstream.wire()).toContain('X-Custom_Name: kept\r\n');
    expect(lab.upstream.wire()).toContain('Authorization: Basic eDp5\r\n');
    for (const name of ['X-Client-Version', 'X-Auth-Token', 'X-HTTP-Method-Override']) {
      expect(lab.upstream.wire()).toContain(`${name}: `);
    }
  });

  test('fields that Connection names stay behind, ours do not', async () => {
    const { ivanov } = lab.cast;
    await lab.request({
      session: ivanov,
      headers: { Connection: 'close, X-Hop, Propusk-Login, Cookie, X-Forwarded-For', 'X-Hop': 'hop' },
    });
    const [request] = lab.upstream.requests;
    expect(request?.headers['x-hop']).toBeUndefined();
    expect(request?.headers['propusk-login']).toBe('ivanov');
    expect(request?.headers['x-forwarded-for']).toBe('127.0.0.1');
  });
});

describe('cookies', () => {
  test('the gate’s own never reach the application, the application’s do', async () => {
    const { ivanov } = lab.cast;
    await lab.request({
      certificate: ivanov,
      headers: {
        cookie: `sid=1; __Host-propusk-session=${ivanov.token}; __Host-propusk-binding=b; __HOST-PROPUSK-x=2; theme="dark"`,
      },
    });
    expect(lab.upstream.requests[0]?.headers.cookie).toBe('sid=1; theme="dark"');
  });

  test('crumbs of HTTP/2 are one field again', async () => {
    const { ivanov } = lab.cast;
    const session = await lab.http2(ivanov);
    await lab.http2Request(session, {
      ':path': '/',
      cookie: ['a=1', `__Host-propusk-session=${ivanov.token}`, 'b=2'],
    });
    session.close();
    expect(lab.upstream.requests[0]?.headers.cookie).toBe('a=1;  b=2'.replace('  ', ' '));
  });

  test('the application cannot set ours, nor lead browsers past the gate', async () => {
    lab.upstream.answer = (_, response) => {
      response.setHeader('Set-Cookie', [
        'sid=1; Path=/',
        '__Host-propusk-session=evil; Path=/; Secure',
        ' __HOST-Propusk-Session=evil; Path=/; Secure',
        '=__Host-propusk-session=evil',
        '__Host-propusk-binding=evil',
        'lang=ru',
      ]);
      response.setHeader('Alt-Svc', 'h3=":443"');
      response.setHeader('Keep-Alive', 'timeout=5');
      response.setHeader('Connection', 'X-Hop');
      response.setHeader('X-Hop', 'hop');
      response.end('ok');
    };
    const answer = await lab.request({ session: lab.cast.ivanov });
    expect(answer.headers['set-cookie']).toEqual(['sid=1; Path=/', 'lang=ru']);
    expect(answer.headers['alt-svc']).toBeUndefined();
    expect(answer.headers['x-hop']).toBeUndefined();
  });
});

test.each([
  ['ivanov', 'ivanov'],
  ['Иванов', '%D0%98%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2'],
  ['Ivanov Ivan', 'Ivanov Ivan'],
  ['100% sure', '100%25 sure'],
  ['a\r\nX-Injected: yes', 'a%0D%0AX-Injected: yes'],
  ['😀', '%F0%9F%98%80'],
  ['\ud800', '%EF%BF%BD'],
  [' x ', 'x'],
])('%j stands in a header as %j', (text, encoded) => {
  expect(encodeHeaderText(text)).toBe(encoded);
  expect(decodeURIComponent(encoded)).toBe(text.toWellFormed().trim());
});
