import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../event-titles/event-title.ts';
import { EVENT_GROUPS, groupOf } from './event-groups.ts';

test('every kind of event belongs to a group, and no group is empty', () => {
  expect(EVENT_TYPES.filter((type) => groupOf(type) === undefined)).toEqual([]);
  expect(new Set(EVENT_TYPES.map(groupOf))).toEqual(new Set(EVENT_GROUPS));
});
