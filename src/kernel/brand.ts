/**
 * Nominal types. A brand costs nothing at run time and stops a serial number from being passed where an
 * account id is meant. Values get their brand from the one parser or constructor of that type.
 */
declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Random UUID (RFC 9562, version 4) in lower case. */
export type AccountId = Brand<string, 'AccountId'>;
/** Values before and after a change of an account, kept apart from the journal. */
export type AccountChangeId = Brand<string, 'AccountChangeId'>;
export type SessionId = Brand<string, 'SessionId'>;
export type AccessCertificateId = Brand<string, 'AccessCertificateId'>;
export type IssuerId = Brand<string, 'IssuerId'>;
export type DecisionId = Brand<string, 'DecisionId'>;
export type OutboxMessageId = Brand<string, 'OutboxMessageId'>;

/** An address for e-mail: `local@domain`, ASCII. `messaging` has the parser. */
export type EmailAddress = Brand<string, 'EmailAddress'>;

/** The key of an application in the configuration, for example `crm`. */
export type ApplicationId = Brand<string, 'ApplicationId'>;

/** SHA-256 of the DER of a certificate: 64 hexadecimal digits in lower case. The only thing entry is decided by. */
export type Sha256Fingerprint = Brand<string, 'Sha256Fingerprint'>;

/** Canonical hexadecimal, lower case, no leading zero octet unless needed for the sign, even number of digits. */
export type SerialNumber = Brand<string, 'SerialNumber'>;

/** SHA-256 of a secret token, 64 hexadecimal digits. The token itself is never stored. */
export type TokenHash = Brand<string, 'TokenHash'>;
