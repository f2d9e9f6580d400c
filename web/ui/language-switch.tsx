import classes from './language-switch.module.css';

type Language = 'ru' | 'en';

const LANGUAGES: readonly { readonly code: Language; readonly short: string; readonly name: string }[] = [
  { code: 'ru', short: 'RU', name: 'Русский' },
  { code: 'en', short: 'EN', name: 'English' },
];

interface LanguageSwitchProps {
  readonly label: string;
  readonly value: Language;
  readonly onChange: (language: Language) => void;
}

export function LanguageSwitch({ label, value, onChange }: LanguageSwitchProps) {
  return (
    // A fieldset would need a visible legend to look right; the group has its name all the same.
    // biome-ignore lint/a11y/useSemanticElements: two buttons in a header are no form
    <div className={classes.switch} role="group" aria-label={label}>
      {LANGUAGES.map(({ code, short, name }) => (
        <button
          key={code}
          type="button"
          lang={code}
          title={name}
          aria-label={`${short}, ${name}`}
          aria-pressed={code === value}
          className={classes.option}
          onClick={() => onChange(code)}
        >
          {short}
        </button>
      ))}
    </div>
  );
}
