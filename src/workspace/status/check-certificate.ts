import { ProblemError } from '../../kernel/problem.ts';
import type { IndexedRevocationList } from '../../pki/crl/indexed-revocation-list.ts';
import { trustAnchorOf } from '../../pki/validation/path-inputs.ts';
import { buildCertificationPath } from '../../pki/validation/validate-certification-path.ts';
import { type Certificate, parseCertificate } from '../../pki/x509/certificate.ts';
import { describeParsed } from '../stores/describe-certificate.ts';
import { judge } from './judge.ts';
import type { OpenLists } from './open-lists.ts';
import type { CheckingPort, DueCheck, NamedCertificate, Wish } from './ports.ts';
import { isFetchable } from './reasons.ts';
import type { Judgement } from './status-detail.ts';
import { questionsOf, readAnswers, responderOf } from './status-questions.ts';

/** Far above what people have, far below what somebody could prepare. */
const MOST_LEVELS = 8;
const MOST_CANDIDATES = 60;
/** Others wait for the same thread: what needs more is told as unknown. */
const LIMITS = {
  maxSignatures: 60,
  maxPaths: 30,
  maxSteps: 500,
  maxNameComparisons: 50_000,
  maxPolicies: 50_000,
} as const;

export interface CheckServices {
  readonly port: Pick<CheckingPort, 'readNamed' | 'findLists' | 'readFetches' | 'readAnswers'>;
  readonly lists: OpenLists;
  /** Of the person, parsed. */
  readonly anchors: readonly Certificate[];
}

/** Never throws on what a certificate says; `wishes`: addresses whose content would help. */
export async function checkCertificate(
  due: Pick<DueCheck, 'accountId' | 'der'>,
  { port, lists, anchors }: CheckServices,
  now: Date,
): Promise<Judgement & { readonly wishes: readonly Wish[] }> {
  const certificate = parseCertificate(due.der);
  const { candidates, issuerKeys } = await collectCandidates(certificate, due, port);
  const pool = [certificate, ...candidates, ...anchors];
  const found = await port.findLists(due.accountId, [...issuerKeys]);
  const opened: IndexedRevocationList[] = [];
  for (const each of found) {
    const list = await lists.open(
      each,
      pool.map(({ publicKeySpki }) => publicKeySpki),
    );
    if (list) opened.push(list);
  }
  const questions = questionsOf([certificate, ...candidates], pool);
  const wishes = [...wishesOf([certificate, ...candidates]), ...questions];
  const responses = readAnswers(await port.readAnswers(questions.map(({ url }) => url)));
  const fetches = await port.readFetches(wishes.map(({ url }) => url));
  const failed = fetches
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ url, category }) => ({ url: responderOf(url), category: category ?? 'unreachable' }));
  const outcome = buildCertificationPath({
    endEntity: certificate,
    anchors: anchors.map(trustAnchorOf),
    certificates: candidates,
    revocation: {
      lists: opened,
      responses: responses.map((response) => ({ response })),
      unreachable: failed,
    },
    inputs: { time: now },
    limits: LIMITS,
  });
  return { ...judge({ certificate, outcome, lists: opened, responses, failed, now }), wishes };
}

/** Upwards by names, level by level; the same name is looked for once, so that loops end. */
async function collectCandidates(
  certificate: Certificate,
  { accountId }: Pick<DueCheck, 'accountId'>,
  port: Pick<CheckingPort, 'readNamed'>,
): Promise<{ readonly candidates: readonly Certificate[]; readonly issuerKeys: ReadonlySet<string> }> {
  const candidates = new Map<string, Certificate>();
  const asked = new Set<string>();
  const own = describeParsed(certificate);
  let level = new Set([own.issuerKey]);
  // A list can be signed by the certificate itself, when it is an authority's.
  const issuerKeys = new Set([own.issuerKey, own.subjectKey]);
  for (let depth = 0; depth < MOST_LEVELS && level.size > 0; depth += 1) {
    const next = new Set<string>();
    for (const key of level) {
      asked.add(key);
      issuerKeys.add(key);
      for (const named of await port.readNamed(accountId, key)) {
        if (candidates.size >= MOST_CANDIDATES) return { candidates: [...candidates.values()], issuerKeys };
        const parsed = parseOrSkip(named);
        if (parsed) candidates.set(named.sha256, parsed);
        if (!asked.has(named.issuerKey)) next.add(named.issuerKey);
      }
    }
    level = next;
  }
  return { candidates: [...candidates.values()], issuerKeys };
}

function parseOrSkip({ der }: Pick<NamedCertificate, 'der'>): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** As many addresses as honest chains have. */
const MOST_WISHES = 24;

function wishesOf(certificates: readonly Certificate[]): readonly Wish[] {
  const wishes = new Map<string, Wish>();
  for (const { caIssuersUrls, revocationListUrls } of certificates) {
    for (const url of revocationListUrls.filter(isFetchable).slice(0, 4))
      wishes.set(url, { url, kind: 'list' });
    for (const url of caIssuersUrls.filter(isFetchable).slice(0, 4)) {
      if (!wishes.has(url)) wishes.set(url, { url, kind: 'issuer' });
    }
  }
  return [...wishes.values()].slice(0, MOST_WISHES);
}
