import { valuesEn } from '../journal/details-en.ts';
import { valuesRu } from '../journal/details-ru.ts';

type Words = Readonly<Record<string, string>>;

const rolesRu = { user: 'Пользователь', operator: 'Оператор', administrator: 'Администратор' } as const;
const rolesEn: Readonly<Record<keyof typeof rolesRu, string>> = {
  user: 'User',
  operator: 'Operator',
  administrator: 'Administrator',
};

/** `name.value`, as in one's own journal; where that says «you», this speaks of the person. */
export const auditLogValuesRu: Words = {
  ...valuesRu,
  ...namesOf('role', rolesRu),
  ...namesOf('before', rolesRu),
  ...namesOf('after', rolesRu),
  'role.root': 'корневой',
  'role.issuing': 'выпускающий',
  'channel.sms': 'SMS',
  'channel.email': 'Электронная почта',
  'scope.own': 'Только для себя',
  'why.ended-by-owner': 'Завершён владельцем',
};
export const auditLogValuesEn: Words = {
  ...valuesEn,
  ...namesOf('role', rolesEn),
  ...namesOf('before', rolesEn),
  ...namesOf('after', rolesEn),
  'role.root': 'root',
  'role.issuing': 'issuing',
  'channel.sms': 'SMS',
  'channel.email': 'E-mail',
  'scope.own': 'For oneself only',
  'why.ended-by-owner': 'Ended by its owner',
};

function namesOf(name: string, words: Words): Words {
  return Object.fromEntries(Object.entries(words).map(([value, word]) => [`${name}.${value}`, word]));
}
