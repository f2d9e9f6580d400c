import { z } from 'zod';
import type { Account } from '../../accounts/account.ts';
import { createAccount } from '../../accounts/create-account.ts';
import { makeFirstPassword } from '../../accounts/make-first-password.ts';
import { hasPermission, type PermissionName, requirePermission } from '../../accounts/roles.ts';
import { allowDownload } from '../../enrolment/allow-download.ts';
import { permitAdministration } from '../../enrolment/permit-administration.ts';
import type { AccountId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { formatFirstPasswordMessage } from '../../messaging/account-texts.ts';
import { type ConsoleActor, requireRole } from '../actor.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleContext } from '../options.ts';
import { formatRevision, requireRevision } from '../revision.ts';
import {
  accountsQuery,
  accountsView,
  accountView,
  createdView,
  createRequest,
  editRequest,
  resetRequest,
  rolesView,
} from './contract.ts';
import type { AdministrationOptions } from './options.ts';
import { parsePerson } from './parse-person.ts';
import { phoneChangedNotices } from './phone-changed-notices.ts';
import type { AccountFilter } from './ports.ts';
import { presentAccount, presentDetails, presentRoles } from './present.ts';

const BASE = '/api/administration';
const SMS_SECONDS = 1_800;
const params = z.object({ id: z.uuid() });

export function registerAccountRoutes(
  app: ConsoleApp,
  context: ConsoleContext,
  options: AdministrationOptions,
): void {
  const { clock, random } = context;
  const { port, holdSeconds } = options;

  async function getDetails(id: string) {
    const details = await port.findAccountDetails(id.toLowerCase() as AccountId, clock.now());
    if (details === undefined) throw new ProblemError('account-not-found');
    return details;
  }

  function messageWith(password: string, account: Pick<Account, 'login' | 'locale' | 'phone'>) {
    if (!options.channels.sms) throw new ProblemError('message-not-delivered');
    if (account.phone === undefined) throw new ProblemError('phone-missing');
    return {
      channel: 'sms',
      to: account.phone,
      text: formatFirstPasswordMessage({ ...account, password }),
      expiresAt: new Date(clock.now().getTime() + SMS_SECONDS * 1000),
      admit: 'always',
    } as const;
  }

  /** Who asks, may do this to the account, and hands back its revision. */
  async function permitEdit(
    request: Parameters<typeof requireRole>[0] & { readonly headers: Parameters<typeof requireRevision>[0] },
    id: string,
    name: PermissionName,
  ) {
    const actor = requireRole(request, 'operator', 'administrator');
    const { account } = await getDetails(id);
    requirePermission(whoIs(actor), name, account);
    const revision = requireRevision(request.headers);
    return { actor, account, edit: { id: account.id, revision, actor: journalOf(actor), now: clock.now() } };
  }

  app.get(`${BASE}/roles`, { schema: { response: { 200: rolesView } } }, async (request) => {
    const { locale } = requireRole(request, 'operator', 'administrator');
    return presentRoles(locale);
  });

  app.get(
    `${BASE}/accounts`,
    { schema: { querystring: accountsQuery, response: { 200: accountsView } } },
    async (request) => {
      requireRole(request, 'operator', 'administrator');
      const { search, certificate, expires, signedIn, status, role, ...window } = request.query;
      const filter: AccountFilter = {
        search,
        certificate,
        expiresWithinDays: expires,
        signedIn,
        status,
        role,
      };
      const now = clock.now();
      const [count, rows] = await Promise.all([
        port.countAccounts(filter, now),
        port.listAccounts({ filter, ...window, now }),
      ]);
      return { count, offset: window.offset, accounts: rows.map((row) => presentAccount(row, now)) };
    },
  );

  app.get(
    `${BASE}/accounts/:id`,
    { schema: { params, response: { 200: accountView } } },
    async (request, reply) => {
      const actor = requireRole(request, 'operator', 'administrator');
      const details = await getDetails(request.params.id);
      reply.header('etag', formatRevision(details.account.revision));
      return presentDetails(details, actor, clock.now(), options.channels.sms);
    },
  );

  app.post(
    `${BASE}/accounts`,
    { schema: { body: createRequest, response: { 200: createdView } } },
    async (request) => {
      const actor = requireRole(request, 'operator', 'administrator');
      const { login, role, delivery } = request.body;
      requirePermission(whoIs(actor), 'create-account', { id: '', role });
      const person = parsePerson(request.body);
      if (delivery === 'sms') messageWith('', { login: person.login, locale: 'ru', phone: person.phone });
      const made = await createAccount(
        { accounts: options.accounts, hasher: options.hasher, random, clock },
        { ...person, login, role, locale: context.defaultLocale, passwordState: 'first' },
        actor.journal,
      );
      if (delivery === 'shown')
        return { id: made.account.id, login: made.account.login, password: made.password };
      const { account, password } = made;
      await port.resetPassword({
        id: account.id,
        revision: account.revision,
        actor: journalOf(actor),
        now: clock.now(),
        holdSeconds,
        passwordHash: await options.hasher.hashPassword(password),
        message: messageWith(password, account),
      });
      options.onMessageQueued();
      return { id: account.id, login: account.login, password: null };
    },
  );

  app.put(`${BASE}/accounts/:id`, { schema: { params, body: editRequest } }, async (request, reply) => {
    const { actor, account, edit } = await permitEdit(request, request.params.id, 'edit-account');
    const { role } = request.body;
    if (role !== account.role) requirePermission(whoIs(actor), 'change-role', account);
    const { displayName, phone, email } = parsePerson({ ...request.body, login: account.login });
    const after = await port.editAccount({
      ...edit,
      holdSeconds,
      change: { displayName, phone, email, role },
      notices: (before) => phoneChangedNotices(before, context, options),
    });
    options.onMessageQueued();
    return await reply.code(204).header('etag', formatRevision(after.revision)).send();
  });

  for (const [path, status] of [
    ['block', 'blocked'],
    ['unblock', 'active'],
  ] as const) {
    app.post(`${BASE}/accounts/:id/${path}`, { schema: { params } }, async (request, reply) => {
      const { edit } = await permitEdit(request, request.params.id, 'block-account');
      await port.setStatus({ ...edit, status });
      return await reply.code(204).send();
    });
  }

  app.post(`${BASE}/accounts/:id/confirm-phone`, { schema: { params } }, async (request, reply) => {
    const { edit } = await permitEdit(request, request.params.id, 'confirm-phone');
    await port.confirmPhone(edit);
    return await reply.code(204).send();
  });

  app.post(
    `${BASE}/accounts/:id/password`,
    { schema: { params, body: resetRequest, response: { 200: createdView } } },
    async (request) => {
      const { account, edit } = await permitEdit(request, request.params.id, 'reset-password');
      const password = makeFirstPassword(random);
      const message = request.body.delivery === 'sms' ? messageWith(password, account) : undefined;
      const passwordHash = await options.hasher.hashPassword(password);
      await port.resetPassword({ ...edit, passwordHash, holdSeconds, message });
      if (message) options.onMessageQueued();
      return { id: account.id, login: account.login, password: message ? null : password };
    },
  );

  app.post(`${BASE}/accounts/:id/allow-download`, { schema: { params } }, async (request, reply) => {
    const actor = requireRole(request, 'operator', 'administrator');
    const { account } = await getDetails(request.params.id);
    requirePermission(whoIs(actor), 'allow-download', account);
    const permit = await permitAdministration('allow-download', actor.journal, options.accounts);
    await allowDownload({ port: options.enrolment, clock }, permit, account.id);
    return await reply.code(204).send();
  });
}

export function whoIs({ accountId, role }: Pick<ConsoleActor, 'accountId' | 'role'>) {
  return { id: accountId, role };
}

/** @throws {ProblemError} `role-required` */
export function requireName(actor: ConsoleActor, name: PermissionName): void {
  if (!hasPermission(actor.role, name)) throw new ProblemError('role-required');
}

function journalOf({ accountId, sessionId }: ConsoleActor) {
  return { kind: 'account', accountId, sessionId } as const;
}
