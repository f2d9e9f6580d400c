import { assertNever } from '../kernel/assert-never.ts';
import { createGenericHttpTransport } from './generic-http.ts';
import { checkGenericHttpConfig, type GenericHttpSmsConfig } from './generic-http-config.ts';
import type { SmsTransport } from './sms-transport.ts';
import { checkSmscConfig, createSmscTransport, type SmscConfig } from './smsc.ts';

/** The gateways that there are. */
export type SmsGatewayConfig =
  | { readonly kind: 'http'; readonly http: GenericHttpSmsConfig }
  | { readonly kind: 'smsc'; readonly smsc: SmscConfig };

/** @throws {ProblemError} `configuration-invalid` with the option and what is wrong with it */
export function createSmsTransport(config: SmsGatewayConfig): SmsTransport {
  switch (config.kind) {
    case 'http':
      return createGenericHttpTransport(config.http);
    case 'smsc':
      return createSmscTransport(config.smsc);
    default:
      return assertNever(config);
  }
}

/** @throws {ProblemError} `configuration-invalid` */
export function checkSmsGateway(config: SmsGatewayConfig): void {
  if (config.kind === 'http') checkGenericHttpConfig(config.http);
  else checkSmscConfig(config.smsc);
}

/** Where the gateway listens: to try whether it can be reached. */
export function gatewayAddresses(config: SmsGatewayConfig): readonly URL[] {
  const urls = config.kind === 'http' ? [config.http.url.replaceAll(/\{\w+\}/g, '0')] : config.smsc.urls;
  return urls.map((url) => new URL(url));
}
