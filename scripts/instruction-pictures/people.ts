import type { Lab } from '../../e2e/harness/lab.ts';
import type { Demo } from '../../e2e/product/demo.ts';
import { createVisitor, type IssuedFile } from '../../e2e/product/visitor.ts';

export interface People {
  readonly ivanov: IssuedFile;
  readonly petrov: IssuedFile;
}

/** Two people with certificates, so that a window has something to choose from. */
export async function issueToPeople(lab: Lab, demo: Demo): Promise<People> {
  const issue = async (login: string) => (await createVisitor(lab, demo, login)).download();
  return { ivanov: await issue('ivanov'), petrov: await issue('petrov') };
}
