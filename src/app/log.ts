import pino from 'pino';
import type { Logger } from '../kernel/logger.ts';
import type { ConfigurationValues } from './configuration/schema.ts';

/** One JSON object a line on standard error, so that the results of commands stay alone on standard output. */
export function createLog(level: ConfigurationValues['logLevel']): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: pino.stdSerializers.err },
    },
    pino.destination(2),
  );
}
