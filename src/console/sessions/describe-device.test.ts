import { expect, test } from 'vitest';
import { describeDevice } from './describe-device.ts';

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  ['Chrome on Windows', `${WINDOWS} Chrome/146.0.0.0 Safari/537.36`, 'chrome', '146', 'windows'],
  ['Edge on Windows', `${WINDOWS} Chrome/146.0.0.0 Safari/537.36 Edg/146.0.3000.0`, 'edge', '146', 'windows'],
  ['Opera on Windows', `${WINDOWS} Chrome/145.0.0.0 Safari/537.36 OPR/128.0.0.0`, 'opera', '128', 'windows'],
  [
    'Yandex Browser on Windows',
    `${WINDOWS} Chrome/144.0.0.0 YaBrowser/26.2.0.0 Safari/537.36`,
    'yandex',
    '26',
    'windows',
  ],
  [
    'Firefox on Linux',
    'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
    'firefox',
    '153',
    'linux',
  ],
  [
    'Safari on macOS',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
    'safari',
    '26',
    'macos',
  ],
  [
    'Safari on an iPhone, which names Mac OS as well',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
    'safari',
    '26',
    'ios',
  ],
  [
    'Chrome on Android, which names Linux as well',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36',
    'chrome',
    '146',
    'android',
  ],
  ['a program', 'curl/8.14.1', null, null, null],
  ['nothing', '', null, null, null],
])('%s is recognised', (_, userAgent, browser, version, system) => {
  expect(describeDevice(userAgent)).toEqual({ browser, version, system });
});

test('a long name of nonsense takes no time', () => {
  const started = performance.now();
  describeDevice('Version/'.repeat(64) + 'Mobile/ '.repeat(64));
  expect(performance.now() - started).toBeLessThan(200);
});
