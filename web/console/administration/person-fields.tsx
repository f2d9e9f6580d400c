import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EditRequest } from '../../../src/console/administration/contract.ts';

const ROLES = ['user', 'operator', 'administrator'] as const;

interface PersonFieldsProps {
  readonly value: EditRequest;
  readonly onChange: (value: EditRequest) => void;
  readonly mayChangeRole: boolean;
  readonly phoneHint?: string;
}

export function PersonFields({ value, onChange, mayChangeRole, phoneHint }: PersonFieldsProps) {
  const { t } = useTranslation('administration');
  const text = (name: 'displayName' | 'phone' | 'email', label: string) => (
    <TextInput
      label={label}
      value={value[name]}
      autoComplete="off"
      {...(name === 'phone' && phoneHint !== undefined ? { description: phoneHint } : {})}
      onChange={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      {text('displayName', t('field.name'))}
      {text('phone', t('field.phone'))}
      {text('email', t('field.email'))}
      <NativeSelect
        label={t('field.role')}
        value={value.role}
        disabled={!mayChangeRole}
        data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        onChange={({ currentTarget }) => {
          const role = ROLES.find((each) => each === currentTarget.value);
          if (role !== undefined) onChange({ ...value, role });
        }}
      />
    </>
  );
}
