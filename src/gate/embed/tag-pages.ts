import type { GateContext, GateHost } from '../context.ts';
import type { AnswerFilter } from '../proxy/answer-filter.ts';
import type { MenuFiles } from './account-menu.ts';
import { describeTaggedPage, describeUnchangedPage, readPageHead } from './page-answer.ts';
import { openPageBody } from './page-body.ts';
import type { PageRequest } from './page-request.ts';
import { PageTag } from './page-tag.ts';
import { mayRun, type OwnScript } from './security-policy.ts';

export const SCRIPT_PATH = '/.propusk/menu.js';
export const DATA_PATH = '/.propusk/menu.json';

/** Gives the script of the account menu to the page that comes as the answer, if one comes. */
export function tagPages(
  { menu }: Pick<GateContext, 'menu'>,
  host: GateHost,
  method: string,
  request: PageRequest,
  { version }: MenuFiles,
): AnswerFilter {
  return (status, fields, sink) => {
    if (status === 304 && request.isRevalidation) {
      describeUnchangedPage(fields, version);
      return undefined;
    }
    const page = readPageHead(status, fields);
    if (page === undefined) return undefined;
    const script: OwnScript = {
      url: new URL(SCRIPT_PATH, host.origin),
      dataUrl: new URL(DATA_PATH, host.origin),
    };
    const permission = mayRun(script, page.policies);
    if (permission.kind === 'forbidden') {
      menu.reportForbidden(host.application.id, permission.directive);
      return undefined;
    }
    describeTaggedPage(fields, version);
    if (method === 'HEAD') return undefined;
    const tag = new PageTag(({ metaPolicies, hasBase }) => {
      const whole = mayRun(script, page.policies, metaPolicies);
      if (whole.kind === 'forbidden') {
        menu.reportForbidden(host.application.id, whole.directive);
        return undefined;
      }
      const address = `${hasBase ? host.origin : ''}${SCRIPT_PATH}?v=${version}`;
      const nonce = whole.nonce === undefined ? '' : ` nonce="${whole.nonce}"`;
      return `<script src="${address}"${nonce} async></script>`;
    });
    return openPageBody(page.coding, tag, sink);
  };
}
