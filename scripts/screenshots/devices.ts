interface Device {
  readonly name: string;
  /** CSS pixels. */
  readonly width: number;
  /** What its browser says of itself. */
  readonly userAgent: string;
}

/** One for each advice that is given before a certificate is issued. */
export const DEVICES: readonly Device[] = [
  {
    name: 'iphone-safari',
    width: 375,
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  },
  {
    name: 'iphone-chrome',
    width: 375,
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/146.0.7650.60 Mobile/15E148 Safari/604.1',
  },
  {
    name: 'android',
    width: 360,
    userAgent:
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36',
  },
  {
    name: 'in-app',
    width: 360,
    userAgent:
      'Mozilla/5.0 (Linux; Android 14; SM-S911B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.7650.85 Mobile Safari/537.36 Telegram-Android/12.2.8',
  },
  {
    name: 'safari-mac',
    width: 1366,
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  },
];
