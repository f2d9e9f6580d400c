import type { ThrottlePort } from '../accounts/ports.ts';
import type { StoreContext } from './context.ts';
import { storable } from './row-values.ts';

export function createThrottlePort({ reader, write, clock }: StoreContext): ThrottlePort {
  return {
    async countAttempts(key, since) {
      const { count } = await reader
        .selectFrom('attempts')
        .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('count'), eb.lit(0)).as('count'))
        .where('key', '=', storable(key))
        .where('at', '>=', since.getTime())
        // A clock that had run ahead and was put right must not lock anybody out until that time comes.
        .where('at', '<=', clock.now().getTime())
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    recordAttempt: (key, now) =>
      write(now, async ({ sql }) => {
        await sql
          .insertInto('attempts')
          .values({ key: storable(key), at: now.getTime(), count: 1 })
          .onConflict((conflict) =>
            conflict
              .columns(['key', 'at'])
              .doUpdateSet((eb) => ({ count: eb(eb.ref('attempts.count'), '+', 1) })),
          )
          .execute();
      }),

    clearAttempts: (key) =>
      write(clock.now(), async ({ sql }) => {
        await sql.deleteFrom('attempts').where('key', '=', storable(key)).execute();
      }),
  };
}
