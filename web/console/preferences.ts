import { useQueryClient } from '@tanstack/react-query';
import type { MeView, PreferenceValue } from '../../src/console/contract.ts';
import { useConsole } from './console-context.tsx';
import { ME, useMe } from './me.ts';

/**
 * Something that the person likes so, remembered with the account. What was stored may be of an older version of the
 * pages: `read` makes sense of it, or answers undefined.
 *
 * @param name small letters, digits, `.` and `-`, for example `table.sessions.columns`; value of at most 4 KiB as JSON
 */
export function usePreference<T extends PreferenceValue>(
  name: string,
  read: (stored: PreferenceValue | undefined) => T | undefined,
): readonly [T | undefined, (value: T | null) => void] {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  const { preferences } = useMe();
  const store = (value: T | null): void => {
    queryClient.setQueryData<MeView>(ME, (me) => {
      if (me === undefined) return me;
      const { [name]: _, ...others } = me.preferences;
      return { ...me, preferences: value === null ? others : { ...others, [name]: value } };
    });
    // The page shows it already. A preference that is lost is no reason to interrupt anybody.
    void http.send<undefined>('PUT', `/api/preferences/${name}`, { body: { value } }).catch(() => {});
  };
  return [read(preferences[name]), store];
}
