import { type LoginKey, loginKey } from '../../kernel/login.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { ImportRowView, PreviewView } from './contract.ts';
import { parsePerson } from './parse-person.ts';
import type { AccountAdministrationPort } from './ports.ts';
import type { Table } from './read-table.ts';

type Column = keyof ImportRowView;
type Problem = PreviewView['problems'][number];

/** How the columns are called, in small letters; our own export among them. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  login: ['login', 'логин', 'user', 'username', 'пользователь'],
  displayName: ['name', 'displayname', 'display name', 'имя', 'фио', 'ф.и.о.'],
  phone: ['phone', 'telephone', 'mobile', 'телефон', 'мобильный'],
  email: ['email', 'e-mail', 'mail', 'почта', 'эл. почта', 'электронная почта'],
};
const PROBLEMS_SHOWN = 500;
/** Some milliseconds' work: the gate's requests are answered in between. */
const ROWS_AT_ONCE = 100;

/**
 * What an import would do. The first row names the columns; `login` has to be there.
 *
 * @throws {ProblemError} `csv-invalid` without a column of logins
 */
export async function previewImport(
  { encoding, separator, rows }: Table,
  port: Pick<AccountAdministrationPort, 'findLogins'>,
): Promise<PreviewView> {
  const [head, ...body] = rows;
  const columns = head?.cells ?? [];
  const places = placesOf(columns);
  if (places.login === -1) {
    throw new ProblemError('csv-invalid', { detail: 'the first row has no column "login"' });
  }
  const ready: ImportRowView[] = [];
  const problems: Problem[] = [];
  let problemCount = 0;
  const note = (problem: Problem) => {
    problemCount += 1;
    if (problems.length < PROBLEMS_SHOWN) problems.push(problem);
  };
  const seen = new Set<LoginKey>();
  for (let start = 0; start < body.length; start += ROWS_AT_ONCE) {
    const read = body.slice(start, start + ROWS_AT_ONCE).flatMap(({ line, cells }) => {
      const row = rowOf(cells, places);
      try {
        const person = parsePerson(row);
        const key = loginKey(person.login);
        if (seen.has(key)) {
          note({ line, login: row.login, code: 'duplicate-in-file' });
          return [];
        }
        seen.add(key);
        return [{ line, row, key }];
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        const code =
          error.code === 'phone-invalid' || error.code === 'email-invalid' ? error.code : 'login-invalid';
        note({ line, login: row.login.slice(0, 100), code });
        return [];
      }
    });
    const there = await port.findLogins(read.map(({ key }) => key));
    for (const { line, row, key } of read) {
      if (there.has(key)) note({ line, login: row.login, code: 'account-exists' });
      else ready.push(row);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { encoding, separator, columns: [...columns], total: body.length, ready, problems, problemCount };
}

function placesOf(columns: readonly string[]): Readonly<Record<Column, number>> {
  const small = columns.map((column) => column.toLowerCase());
  const placeOf = (column: Column) => small.findIndex((name) => NAMES[column].includes(name));
  return {
    login: placeOf('login'),
    displayName: placeOf('displayName'),
    phone: placeOf('phone'),
    email: placeOf('email'),
  };
}

/** Our own export puts an apostrophe before a number. */
function rowOf(cells: readonly string[], places: Readonly<Record<Column, number>>): ImportRowView {
  const cell = (column: Column) => cells[places[column]] ?? '';
  return {
    login: cell('login').slice(0, 256),
    displayName: cell('displayName').slice(0, 200),
    phone: cell('phone').replace(/^'/, '').slice(0, 40),
    email: cell('email').slice(0, 254),
  };
}
