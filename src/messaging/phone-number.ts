import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { ProblemError } from '../kernel/problem.ts';

const INPUT_MAX_CHARACTERS = 40;
/** Where numbering plans do not tell mobile from fixed (United States), a number may be a mobile one. */
const CAN_GET_SMS = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE', 'PERSONAL_NUMBER']);

/**
 * Reads a number as people write it: `8 (903) 123-45-67`, `+7 903 123-45-67`, `0044 …` in Britain's neighbours.
 *
 * @param defaultRegion ISO 3166-1 code of the country that is meant when the number names none
 * @returns E.164
 * @throws {ProblemError} `phone-invalid` with what is wrong and an example
 */
export function parsePhoneNumber(input: string, defaultRegion: CountryCode = 'RU'): PhoneNumber {
  if (input.length > INPUT_MAX_CHARACTERS) {
    throw invalid(`a number has at most ${INPUT_MAX_CHARACTERS} characters`);
  }
  // extract: false, because "+7 903 … or ask Anna" is not a number but a text with one in it.
  const parsed = parsePhoneNumberFromString(input.trim(), { defaultCountry: defaultRegion, extract: false });
  if (!parsed) throw invalid('this is not a telephone number; write it like +7 903 123-45-67');
  if (parsed.ext) throw invalid('a number with an extension gets no SMS; give a mobile number without one');
  if (!parsed.isPossible()) {
    throw invalid('it has too few or too many digits for its country; write it like +7 903 123-45-67');
  }
  if (!parsed.isValid()) {
    throw invalid('no operator has such a number; check the country and the first digits after it');
  }
  const type = parsed.getType();
  if (type !== undefined && !CAN_GET_SMS.has(type)) {
    throw invalid('this number gets no SMS; give a mobile number');
  }
  return parsed.number as string as PhoneNumber;
}

function invalid(detail: string): ProblemError {
  return new ProblemError('phone-invalid', { detail });
}
