import type { InitAnswers } from './answers.ts';

type Written = Partial<Record<keyof InitAnswers, string>>;

/** One thing that `init` asks for when it was not given as a flag. */
export interface Question {
  readonly property: keyof InitAnswers;
  readonly message: string;
  readonly initial?: string;
  /** Asked only if this holds of what is known already. */
  readonly when?: (known: Written) => boolean;
  readonly optional?: boolean;
  /** What is wrong with an answer; undefined when nothing is. */
  readonly check?: (answer: string) => string | undefined;
}

const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

function checkHost(answer: string): string | undefined {
  return HOST.test(answer) ? undefined : 'A host name in lower case, for example id.example.org';
}

function checkAddress(answer: string): string | undefined {
  return /^https?:$/.test(URL.parse(answer)?.protocol ?? '')
    ? undefined
    : 'An address that begins with http:// or https://';
}

function checkPort(answer: string): string | undefined {
  return /^\d{1,5}$/.test(answer) && Number(answer) <= 65_535 ? undefined : 'A port from 0 to 65535';
}

export const QUESTIONS: readonly Question[] = [
  { property: 'dataDirectory', message: 'Folder for the database', initial: './data' },
  {
    property: 'portalHost',
    message: 'Host name of the portal, where people sign in',
    initial: 'id.example.org',
    check: checkHost,
  },
  {
    property: 'consoleHost',
    message: 'Host name of the console, for own sessions and administration; leave empty for none',
    initial: 'my.example.org',
    optional: true,
    check: checkHost,
  },
  { property: 'applicationName', message: 'Name of the application as people know it', initial: 'CRM' },
  {
    property: 'applicationHost',
    message: 'Host name at which people open the application',
    initial: 'crm.example.org',
    check: checkHost,
  },
  {
    property: 'upstream',
    message: 'Where the application itself listens',
    initial: 'http://127.0.0.1:8080',
    check: checkAddress,
  },
  {
    property: 'certificate',
    message: 'Server certificate with its intermediates (PEM file); leave empty for a PKCS#12 file',
    optional: true,
    when: (known) => known.pfx === undefined,
  },
  {
    property: 'key',
    message: 'Its private key (PEM file)',
    when: (known) => known.certificate !== undefined,
  },
  {
    property: 'pfx',
    message: 'Server certificate with key (PKCS#12 file)',
    when: (known) => known.certificate === undefined,
  },
  {
    property: 'pfxPasswordFile',
    message: 'File with the password of the PKCS#12 file; leave empty if it has none',
    optional: true,
    when: (known) => known.pfx !== undefined,
  },
  { property: 'listenPort', message: 'Port to listen on', initial: '443', check: checkPort },
  {
    property: 'httpPort',
    message: 'Port without TLS, for redirects and revocation lists; leave empty for none',
    initial: '80',
    optional: true,
    check: checkPort,
  },
  { property: 'contact', message: 'Whom stuck people turn to (name, telephone, e-mail)' },
  {
    property: 'smsUrl',
    message: 'Address of the SMS gateway; leave empty for none',
    optional: true,
    check: checkAddress,
  },
  {
    property: 'smsBody',
    message: 'JSON that the gateway takes, with {phone}, {text} and {id}',
    initial: '{"to": "{phone}", "text": "{text}", "id": "{id}"}',
    when: (known) => known.smsUrl !== undefined,
    check: (answer) => {
      try {
        JSON.parse(answer);
        return undefined;
      } catch {
        return 'This is not JSON';
      }
    },
  },
  {
    property: 'smsAuthorizationFile',
    message: 'File with the value of the Authorization header; leave empty for none',
    optional: true,
    when: (known) => known.smsUrl !== undefined,
  },
  { property: 'administrator', message: 'Login of the first administrator', initial: 'admin' },
  { property: 'administratorName', message: 'Name of the first administrator', initial: 'Administrator' },
  {
    property: 'administratorPhone',
    message: 'Telephone of the first administrator (+7…); may be empty',
    optional: true,
  },
];
