import type { Role } from '../../accounts/account.ts';
import { findObjection, PERMISSION_NAMES, PERMISSIONS, type PermissionName } from '../../accounts/roles.ts';
import type { ConsoleActor } from '../actor.ts';
import type { AccountItem, AccountView, CertificateItem, RolesView } from './contract.ts';
import type { AccountDetails, AccountListRow, CertificateRow } from './ports.ts';

type State = CertificateItem['state'];

export function stateOf(
  certificate: { readonly status: Exclude<State, 'expired'>; readonly notAfter: Date },
  now: Date,
): State {
  return certificate.status === 'active' && certificate.notAfter < now ? 'expired' : certificate.status;
}

export function presentRoles(locale: 'ru' | 'en'): RolesView {
  return {
    permissions: PERMISSION_NAMES.map((name) => ({
      name,
      title: PERMISSIONS[name].title[locale],
      operator: reachOf('operator', name),
      administrator: reachOf('administrator', name),
    })),
  };
}

/** As the table in the documentation has it, too. */
export function reachOf(role: Exclude<Role, 'user'>, name: PermissionName): 'no' | 'users' | 'all' {
  const { roles, reach } = PERMISSIONS[name];
  if (!roles.some((each) => each === role)) return 'no';
  return role === 'operator' && reach === 'below' ? 'users' : 'all';
}

export function presentAccount({ account, signedInAt, certificate }: AccountListRow, now: Date): AccountItem {
  const { id, login, displayName, role, status, createdAt } = account;
  return {
    id,
    login,
    displayName,
    role,
    status,
    createdAt: createdAt.toISOString(),
    signedInAt: signedInAt?.toISOString() ?? null,
    certificate: certificate
      ? {
          id: certificate.id,
          state: stateOf(certificate, now),
          notAfter: certificate.notAfter.toISOString(),
          serialNumber: certificate.serialNumber,
        }
      : null,
  };
}

export function presentDetails(
  details: AccountDetails,
  actor: ConsoleActor,
  now: Date,
  canSendMessages: boolean,
): AccountView {
  const { account, certificate } = details;
  const who = { id: actor.accountId, role: actor.role };
  const may = (name: PermissionName) => findObjection(who, name, account) === undefined;
  const isHeld = account.phoneHeldUntil !== undefined && now < account.phoneHeldUntil;
  return {
    ...presentAccount(details, now),
    phone: account.phone ?? null,
    email: account.email ?? null,
    password: details.hasPassword ? account.passwordState : 'none',
    sessions: details.sessions,
    phoneHeldUntil: isHeld ? (account.phoneHeldUntil?.toISOString() ?? null) : null,
    may: {
      edit: may('edit-account'),
      changeRole: may('change-role'),
      block: may('block-account'),
      resetPassword: may('reset-password'),
      confirmPhone: isHeld && may('confirm-phone') && details.phoneChangedBy !== actor.accountId,
      revoke: may('revoke-certificate'),
      allowDownload: may('allow-download') && certificate?.status === 'revoked',
    },
    canSend: canSendMessages && account.phone !== undefined && !isHeld,
  };
}

export function presentCertificate({ certificate, owner }: CertificateRow, now: Date): CertificateItem {
  return {
    id: certificate.id,
    state: stateOf(certificate, now),
    notAfter: certificate.notAfter.toISOString(),
    serialNumber: certificate.serialNumber,
    issuedAt: certificate.issuedAt.toISOString(),
    accountId: owner.id,
    login: owner.login,
    displayName: owner.displayName,
  };
}
