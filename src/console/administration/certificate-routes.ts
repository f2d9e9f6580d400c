import { z } from 'zod';
import { findObjection, requirePermission } from '../../accounts/roles.ts';
import { permitAdministration } from '../../enrolment/permit-administration.ts';
import type { KeptIssuer } from '../../enrolment/ports.ts';
import { revokeCertificate } from '../../enrolment/revoke.ts';
import type { AccessCertificateId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { parseCertificate } from '../../pki/x509/certificate.ts';
import { requireRole } from '../actor.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleContext } from '../options.ts';
import { requireName, whoIs } from './account-routes.ts';
import {
  certificatesQuery,
  certificatesView,
  certificateView,
  previewManyRequest,
  previewManyView,
  resumeRequest,
  revokeManyRequest,
  revokeManyView,
  revokeRequest,
} from './contract.ts';
import type { AdministrationOptions } from './options.ts';
import { presentCertificate } from './present.ts';

const BASE = '/api/administration/certificates';
const params = z.object({ id: z.uuid() });

export function registerCertificateRoutes(
  app: ConsoleApp,
  { clock }: ConsoleContext,
  options: AdministrationOptions,
): void {
  const { certificates: port, enrolment, accounts } = options;

  async function getRow(id: string) {
    const [row] = await port.findCertificates([id.toLowerCase() as AccessCertificateId], clock.now());
    if (row === undefined) throw new ProblemError('certificate-not-found');
    return row;
  }

  app.get(
    BASE,
    { schema: { querystring: certificatesQuery, response: { 200: certificatesView } } },
    async (request) => {
      requireRole(request, 'operator', 'administrator');
      const { search, state, expires, offset, limit } = request.query;
      const filter = { search, state, expiresWithinDays: expires };
      const now = clock.now();
      const [count, rows] = await Promise.all([
        port.countCertificates(filter, now),
        port.listCertificates({ filter, offset, limit, now }),
      ]);
      return { count, offset, certificates: rows.map((row) => presentCertificate(row, now)) };
    },
  );

  app.get(`${BASE}/:id`, { schema: { params, response: { 200: certificateView } } }, async (request) => {
    const actor = requireRole(request, 'operator', 'administrator');
    const row = await getRow(request.params.id);
    const { certificate, owner } = row;
    const isCurrent = owner.currentCertificateId === certificate.id;
    const who = whoIs(actor);
    return {
      ...presentCertificate(row, clock.now()),
      notBefore: certificate.notBefore.toISOString(),
      sha256Fingerprint: certificate.sha256Fingerprint,
      statusChangedAt: certificate.statusChangedAt.toISOString(),
      revocationReason: certificate.revocationReason ?? null,
      firstPresentedAt: certificate.firstPresentedAt?.toISOString() ?? null,
      isCurrent,
      sessions: isCurrent ? row.sessions : 0,
      path: pathOf(certificate.issuerId, await enrolment.listIssuers()),
      may: {
        revoke: findObjection(who, 'revoke-certificate', owner) === undefined,
        allowDownload:
          isCurrent &&
          certificate.status === 'revoked' &&
          findObjection(who, 'allow-download', owner) === undefined,
      },
    };
  });

  app.post(`${BASE}/:id/revoke`, { schema: { params, body: revokeRequest } }, async (request, reply) => {
    const actor = requireRole(request, 'operator', 'administrator');
    const { certificate, owner } = await getRow(request.params.id);
    requirePermission(whoIs(actor), 'revoke-certificate', owner);
    const permit = await permitAdministration('revoke-certificate', actor.journal, accounts);
    const { reason, comment } = request.body;
    const revocation = { certificateId: certificate.id, reason, comment: comment || undefined };
    await revokeCertificate({ port: enrolment, clock }, permit, revocation);
    return await reply.code(204).send();
  });

  app.post(`${BASE}/:id/resume`, { schema: { params, body: resumeRequest } }, async (request, reply) => {
    const actor = requireRole(request, 'operator', 'administrator');
    const { certificate, owner } = await getRow(request.params.id);
    requirePermission(whoIs(actor), 'revoke-certificate', owner);
    const comment = request.body.comment || undefined;
    await port.resumeCertificate({
      certificateId: certificate.id,
      comment,
      actor: actor.journal,
      now: clock.now(),
    });
    return await reply.code(204).send();
  });

  app.post(
    `${BASE}/preview`,
    { schema: { body: previewManyRequest, response: { 200: previewManyView } } },
    async (request) => {
      const actor = requireRole(request, 'operator', 'administrator');
      requireName(actor, 'revoke-many');
      const now = clock.now();
      const rows = await port.findCertificates(request.body.ids.map(toId), now);
      const found = rows.map((row) => ({
        ...presentCertificate(row, now),
        sessions: row.owner.currentCertificateId === row.certificate.id ? row.sessions : 0,
        mayRevoke:
          ['active', 'suspended'].includes(row.certificate.status) &&
          findObjection(whoIs(actor), 'revoke-certificate', row.owner) === undefined,
      }));
      const sessions = found.reduce((sum, row) => sum + (row.mayRevoke ? row.sessions : 0), 0);
      return { certificates: found, sessions };
    },
  );

  app.post(
    `${BASE}/revoke-many`,
    { schema: { body: revokeManyRequest, response: { 200: revokeManyView } } },
    async (request) => {
      const actor = requireRole(request, 'operator', 'administrator');
      requireName(actor, 'revoke-many');
      const { ids, reason, comment } = request.body;
      const outcomes: { id: string; outcome: string }[] = [];
      for (const id of ids) {
        try {
          const { certificate, owner } = await getRow(id);
          requirePermission(whoIs(actor), 'revoke-certificate', owner);
          // Anew for each: a role withdrawn meanwhile ends it.
          const permit = await permitAdministration('revoke-certificate', actor.journal, accounts);
          const revocation = { certificateId: certificate.id, reason, comment: comment || undefined };
          await revokeCertificate({ port: enrolment, clock }, permit, revocation);
          outcomes.push({ id, outcome: 'revoked' });
        } catch (error) {
          if (!(error instanceof ProblemError) || error.status >= 500) throw error;
          outcomes.push({ id, outcome: error.code });
        }
      }
      return { outcomes };
    },
  );
}

function toId(id: string): AccessCertificateId {
  return id.toLowerCase() as AccessCertificateId;
}

/** The issuer that signed it, and those above it. */
function pathOf(issuerId: KeptIssuer['id'], issuers: readonly KeptIssuer[]) {
  const own = issuers.find(({ id }) => id === issuerId);
  const root = issuers.find(({ role }) => role === 'root');
  return [own, own === root ? undefined : root].flatMap((issuer) => {
    if (issuer === undefined) return [];
    try {
      const { subject, notAfter, serialNumber } = parseCertificate(issuer.certificateDer);
      return [{ subject: subject.text, notAfter: notAfter.toISOString(), serialNumber }];
    } catch {
      return [];
    }
  });
}
