import type { Plugin } from 'vite';
import { DESKTOP_SYSTEMS } from '../portal/instructions/blocks.ts';
import { pdfName } from '../portal/instructions/pdf-name.ts';
import { makePdf } from './make-pdf.ts';

const LOCALES = ['ru', 'en'] as const;

/** Makes the instructions as PDF with every build, into `instructions/`; the development server makes them when asked. */
export function instructionsPdf(): Plugin {
  return {
    name: 'instructions-pdf',
    async generateBundle() {
      for (const locale of LOCALES) {
        for (const system of DESKTOP_SYSTEMS) {
          const source = await makePdf(locale, system);
          this.emitFile({ type: 'asset', fileName: `instructions/${pdfName(system, locale)}`, source });
        }
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const asked = LOCALES.flatMap((locale) =>
          DESKTOP_SYSTEMS.map((system) => ({
            locale,
            system,
            url: `/instructions/${pdfName(system, locale)}`,
          })),
        ).find(({ url }) => url === request.url);
        if (asked === undefined) return next();
        makePdf(asked.locale, asked.system).then(
          (content) => response.setHeader('content-type', 'application/pdf').end(content),
          next,
        );
      });
    },
  };
}
