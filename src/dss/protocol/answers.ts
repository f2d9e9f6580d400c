/** What a DSS answers. The case of letters in names differs between versions, and little else is promised. */
import { z } from 'zod';

const MAX_DEPTH = 12;

/** All names in lower case, so that `RefID`, `RefId` and `refId` are one. */
function withLowerCaseNames(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((member) => withLowerCaseNames(member, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.toLowerCase(),
      withLowerCaseNames(member, depth + 1),
    ]),
  );
}

function anyCase<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => withLowerCaseNames(value), schema);
}

const text = z.string().max(4096).nullish();
const seconds = z.coerce
  .number()
  .int()
  .nonnegative()
  .max(366 * 86_400);
const flag = z.union([z.boolean(), z.stringbool()]).nullish();

const textChallenge = z.object({
  refid: text,
  label: text,
  title: z.union([text, z.object({ value: text })]),
  image: z
    .union([z.object({ value: z.string().max(1_000_000).nullish() }), z.string().max(1_000_000)])
    .nullish(),
  expiresin: seconds.nullish(),
  createdat: z.coerce.number().nonnegative().nullish(),
  ishidden: flag,
  authnmethod: text,
});

const choiceChallenge = z.object({
  refid: text,
  label: text,
  choice: z.array(z.object({ refid: z.string().max(1024), label: text })).max(32),
});

/** `RequestSecurityTokenResponse`, the same at every step of a dialogue. */
export const confirmationAnswer = anyCase(
  z.object({
    isfinal: flag,
    iserror: flag,
    error: text,
    errordescription: text,
    accesstoken: z.string().max(65_536).nullish(),
    expiresin: seconds.nullish(),
    challenge: z
      .object({
        title: z.object({ value: text }).nullish(),
        contextdata: z.object({ refid: text }).nullish(),
        textchallenge: z.array(textChallenge).max(8).nullish(),
        choicechallenge: z.array(choiceChallenge).max(8).nullish(),
      })
      .nullish(),
  }),
);
export type ConfirmationAnswer = z.infer<typeof confirmationAnswer>;
export type TextChallengeAnswer = z.infer<typeof textChallenge>;

export const certificateEntry = anyCase(
  z.object({
    id: z.union([z.string().min(1).max(64), z.int()]),
    dname: text,
    certificatebase64: z.string().max(200_000),
    status: z.object({ value: text }).nullish(),
    isdefault: flag,
    haspin: flag,
    friendlyname: text,
    storage: text,
  }),
);

/** Entries are read one by one: one that cannot be read does not take the others with it. */
export const certificatesAnswer = z.array(z.unknown()).max(10_000);

export const policyAnswer = anyCase(
  z.object({
    actionpolicy: z
      .array(z.object({ action: z.string().max(64), mfarequired: flag }))
      .max(64)
      .nullish(),
    pincodemode: text,
  }),
);

/** Bodies of refusals: of OAuth, of the signature server, of ASP.NET. */
export const refusalAnswer = anyCase(z.object({ error: text, message: text }));

/** A bare JSON string; some versions answer a number. */
export const transactionAnswer = z.union([z.string().min(1).max(128), z.int().transform(String)]);
export const documentAnswer = z.string().min(1).max(64_000_000);
