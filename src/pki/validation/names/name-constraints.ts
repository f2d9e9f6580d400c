/** Reading the name constraints extension (RFC 5280, 4.2.1.10). */
import { contextTag, type DerElement, derInvalid, readDer, TAG } from '../../der/der-element.ts';
import { type GeneralName, readGeneralName } from '../../x509/general-name.ts';
import { isWellFormedConstraint } from './subtree-match.ts';

export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

export function decodeNameConstraints(value: Uint8Array): NameConstraints {
  const what = 'name constraints';
  const fields = readDer(value, what).expect(TAG.sequence, what).reader();
  const permitted = fields.optional(contextTag(0, 'constructed'));
  const excluded = fields.optional(contextTag(1, 'constructed'));
  fields.end(what);
  if (!permitted && !excluded) throw derInvalid(`${what}: empty`);
  return {
    permitted: permitted ? readSubtrees(permitted, what) : [],
    excluded: excluded ? readSubtrees(excluded, what) : [],
  };
}

function readSubtrees(element: DerElement, what: string): readonly GeneralName[] {
  const subtrees = element.reader().rest();
  if (subtrees.length === 0) throw derInvalid(`${what}: no subtree`);
  return subtrees.map((subtree) => {
    const fields = subtree.expect(TAG.sequence, what).reader();
    const base = readGeneralName(fields.next(what), what);
    // minimum is 0 and maximum absent; DER leaves a default out, some authorities write it.
    const minimum = fields.optional(contextTag(0, 'primitive'));
    fields.end(what);
    if (minimum?.content.some((octet) => octet !== 0))
      throw derInvalid(`${what}: a minimum that is not zero`);
    if (!isWellFormedConstraint(base)) throw derInvalid(`${what}: a ${base.form} that constrains nothing`);
    return base;
  });
}
