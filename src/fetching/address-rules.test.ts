import { describe, expect, test } from 'vitest';
import { createAddressRules, isNetwork } from './address-rules.ts';

describe('addresses', () => {
  const rules = createAddressRules([]);

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:a00:1',
    '::127.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    '2a00:1450:4010::1%eth0',
    'ff02::1',
    'localhost',
    '',
    '0x7f.1',
  ])('%s is refused', (address) => {
    expect(rules.isAllowed(address)).toBe(false);
  });

  test.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '::ffff:8.8.8.8', '2a00:1450:4010:c0f::8a'])(
    '%s is allowed',
    (address) => {
      expect(rules.isAllowed(address)).toBe(true);
    },
  );

  test('what the configuration names is allowed besides, and nothing beside it', () => {
    const own = createAddressRules(['10.20.0.0/16', 'fd00:1::/32', '127.0.0.1']);
    const asked = [
      '10.20.255.1',
      '::ffff:10.20.0.1',
      'fd00:1:2::3',
      '127.0.0.1',
      '10.21.0.1',
      'fd00:2::1',
      '127.0.0.2',
    ];
    expect(asked.map((address) => own.isAllowed(address))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test.each(['10.0.0.0/33', 'fd00::/129', 'intranet', '10.0.0.0/8/8', '10.0.0.0/', ''])(
    '%j is no network',
    (text) => {
      expect(isNetwork(text)).toBe(false);
    },
  );
});
