import type { Translation } from '../../ui/translation.ts';
import type { passwordRu } from './password-ru.ts';

export const passwordEn: Translation<typeof passwordRu> = {
  title: 'Choose a password of your own',
  why: 'The password of the account {{login}} was handed to you. Somebody else knew it: replace it first, then your work goes on.',
  new: 'New password',
  again: 'New password once more',
  rules: 'At least 10 characters. Three or four words in a row are good.',
  short: 'At least 10 characters are needed',
  differs: 'The passwords are not the same',
  refused:
    'This password cannot be used: it is in lists of known passwords, too simple, contains your login or is the one handed to you. Choose another one.',
  submit: 'Save and continue',
  help: 'Does it not work?',
  helpText:
    'The password handed to you is good until you save your own. If the page does not help, turn to the administrator.',
};
