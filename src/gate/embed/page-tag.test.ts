import { expect, test } from 'vitest';
import { PageTag } from './page-tag.ts';

/** `¶` marks the place in the text that is expected; without it the page stays as it is. */
const PLACED: readonly (readonly [name: string, page: string])[] = [
  ['an ordinary page', '<!doctype html><html><head><title>A</title>¶</head><body>b</body></html>'],
  ['a page in capitals', '<!DOCTYPE HTML><HTML><HEAD><TITLE>A</TITLE>¶</HEAD ><BODY>'],
  ['white space in the end tag', '<html><head>¶</head\n\tclass="x">'],
  ['a byte order mark', '\u{feff}<!doctype html><head>¶</head>'],
  ['no head tags', '<!doctype html><title>A</title><link rel=icon href=x>\n¶<body class=a>b'],
  ['no head and no body tag', '<!doctype html><title>A</title>\n¶<h1>b</h1>'],
  ['a fragment', '¶<p>Hello</p>'],
  ['text after the doctype', '<!doctype html>\n ¶Hello'],
  ['a letter beyond ASCII after the doctype', '<!doctype html>¶Ёлка'],
  ['a lone < after the head began', '<html>¶< p>'],
  ['a frameset', '<html>¶<frameset cols="1,2"><frame>'],
  ['the end of the page in the head', '<html><head><title>A</title>¶</html>'],
  ['an end tag that is ignored', '<html></p></title><head></b>¶</head>'],
  ['a comment with an end in it', '<!doctype html><!-- </head> --><head>¶</head>'],
  ['the shortest comments', '<html><!--><!---><!----><head>¶</head>'],
  ['a comment with dashes', '<html><!-- -- > --- a --!><head>¶</head>'],
  ['a comment that begins like an end', '<html><!--!></head>--><!---!></head>--><head>¶</head>'],
  ['a comment without an end before more', '<html><!-- <!-- --><head>¶</head>'],
  ['bogus comments', '<?xml version="1.0"?><html></ head><!x </head><![CDATA[ </head>¶]]></head>'],
  ['an empty bogus comment', '<html><!></><!-></->¶</head>'],
  ['a quoted > in an attribute', '<html data-a="</head>" data-b=\'</head>\'><head>¶</head>'],
  ['a quote in an unquoted value', `<html a=b"c d='e>f' g=h'><head>¶</head>`],
  ['a quote in a name', '<html a"b><head>¶</head>'],
  ['an equals sign that begins a name', '<html ="a"><head>¶</head>'],
  ['a slash before >', '<html><head><meta charset="utf-8"/><link/>¶</head>'],
  ['a self-closing script, which is none', '<head><script src=x/></head></script>¶</head>'],
  ['an end tag in a script', '<head><script>"</head><body>"</script>¶</head>'],
  ['an end tag in a title', '<head><title></head></titl></title >¶</head>'],
  ['an end tag in a style', '<head><style>a::after{content:"</head>"}</style\n>¶</head>'],
  ['an end tag in a noscript', '<head><noscript><p></head></noscript>¶</head>'],
  ['a script that only looks ended', '<head><script></scripts></script/>¶</head>'],
  ['a script in a comment in a script', '<head><script><!-- <script> </script> </head> --></script>¶</head>'],
  ['that comment without an end', '<head><script><!-- <script> </script> </head> </script>¶</head>'],
  ['a comment in a script', '<head><script><!-- </head> </script>¶</head>'],
  ['a short comment in a script', '<head><script><!--><script></script>¶</head>'],
  ['a comment ended before another script', '<head><script><!-- <script> --></script>¶</head>'],
  ['an end of a double comment', '<head><script><!--<script>--></head></script>¶</head>'],
  ['scripts with similar names', '<head><script><!--<scripty></script>¶</head>'],
  ['<! in a script', '<head><script>if(a<!b)</head></script>¶</head>'],
  ['<< before an end tag', '<head><script>a<<</script>¶</head>'],
  ['a template', '<head><template><p>a</p></head><body></template>¶</head>'],
  ['nested templates', '<head><template><template></template></head></template>¶</head>'],
  ['raw text in a template', '<head><template><textarea></template></textarea></template>¶</head>'],
  ['an element with a long name', `<head>¶<${'a'.repeat(40)}>`],
  ['an end tag with a long name', `<head></${'a'.repeat(40)}>¶</head>`],
  ['an unknown element', '<!doctype html>¶<my-app></my-app>'],
  ['headline is not head', '<html>¶<headline></head>'],
  ['an svg element', '<!doctype html>¶<svg><style></svg>'],
  ['letters of windows-1251', '<html><head><title>\xc0\xc1</title>¶</head>'],
];

const LEFT: readonly (readonly [name: string, page: string])[] = [
  ['nothing', ''],
  ['plain text', 'Not found'],
  ['text that looks like tags later', 'Hello <b>you</b></head>'],
  ['JSON', '{"html": "<head></head>"}'],
  ['a lone <', '<'],
  ['< and a space', '< html>'],
  ['UTF-16', '\xff\xfe<\0h\0t\0m\0l\0>\0'],
  ['UTF-16 without a mark', '<\0h\0t\0m\0l\0>\0'],
  ['an octet 0 in the head', '<html><head>\0</head>'],
  ['an escape sequence (ISO-2022)', '<html><head><title>\x1b$B</title></head>'],
  ['a mark that is none', '\xef\xbbhtml><head></head>'],
  ['a comment without an end', '<html><!-- <head></head>'],
  ['a script without an end', '<html><head><script></head><body>'],
  ['an attribute without an end', '<html a="><head></head>'],
  ['a template without an end', '<html><head><template></head><body>'],
  [
    'foreign elements in a template',
    '<head><template><svg><style></template></style></svg></template></head>',
  ],
  ['a head without an end', '<html><head><title>A</title>'],
  ['a tag without an end', '<html><head><met'],
  ['a policy that is not clear', '<head><meta http-equiv="Content-Security-Policy" content="&sol;"></head>'],
  ['an end tag cut off', '<html><head></hea'],
];

const TAG = '<script></script>';

function octetsOf(page: string): Buffer {
  // What has only octets is written as octets, the rest as UTF-8.
  return Buffer.from(page, /[^\0-\xff]/.test(page) ? 'utf8' : 'latin1');
}

function pass(pieces: readonly Buffer[]): string {
  const tag = new PageTag(() => TAG);
  const out = [...pieces.flatMap((piece) => [...tag.push(piece)]), ...tag.end()];
  return Buffer.concat(out).toString('latin1');
}

/** In one piece, octet by octet, and in two pieces at every place. */
function passInAllWays(page: Buffer): Set<string> {
  const results = new Set([pass([page]), pass([...page].map((octet) => Buffer.from([octet])))]);
  for (let cut = 1; cut < page.length; cut += 1) {
    results.add(pass([page.subarray(0, cut), page.subarray(cut)]));
    results.add(pass([page.subarray(0, cut), page.subarray(cut, cut + 1), page.subarray(cut + 1)]));
  }
  return results;
}

test.each(PLACED)('the tag goes to the end of the head: %s', (_name, expected) => {
  const [before = '', after = ''] = expected.split('¶');
  const page = octetsOf(before + after);
  const wanted = Buffer.concat([octetsOf(before), Buffer.from(TAG), octetsOf(after)]);
  // Where one half alone has octets only, the whole decides how it is written.
  const whole = /[^\0-\xff]/.test(expected.replace('¶', '')) ? Buffer.from(before + TAG + after) : wanted;
  expect([...passInAllWays(page)]).toEqual([whole.toString('latin1')]);
});

test.each(LEFT)('stays as it is: %s', (_name, page) => {
  expect([...passInAllWays(octetsOf(page))]).toEqual([octetsOf(page).toString('latin1')]);
});

test('nothing but the beginning of a tag is held back', () => {
  const tag = new PageTag(() => TAG);
  const page = Buffer.from(`<!doctype html><!--${'x'.repeat(100_000)}--><title>a</title></he`);
  let passed = 0;
  for (let at = 0; at < page.length; at += 7) {
    for (const piece of tag.push(page.subarray(at, at + 7))) passed += piece.length;
    expect(Math.min(at + 7, page.length) - passed).toBeLessThan(20);
  }
});

test('the tag learns of the policies in the head and of a base', () => {
  const seen: unknown[] = [];
  const tag = new PageTag((facts) => {
    seen.push(facts);
    return undefined;
  });
  const page = `<head><base href=//x/><meta charset=utf-8>
    <META HTTP-EQUIV='content-security-policy' a CONTENT="script-src &#39;self&#x27; &quot; https:">
    <!-- <meta http-equiv="Content-Security-Policy" content="default-src 'none'"> -->
    <template><meta http-equiv="Content-Security-Policy" content="img-src x"></template>
    <meta content=sandbox content=other http-equiv = Content-Security-Policy>
    <meta name=description content="a > b"></head>`;
  expect(Buffer.concat([...tag.push(Buffer.from(page))]).toString()).toBe(page);
  expect(seen).toEqual([{ hasBase: true, metaPolicies: [`script-src 'self' " https:`, 'sandbox'] }]);
});

test('random pages only ever gain the tag, and in the same place however they are cut', () => {
  const parts = [
    ...['<', '>', '</', '!', '--', '<!--', '-->', '"', "'", '=', '/', ' ', 'a', '\n', '?'],
    ...['head', 'body', 'script', 'title', 'template', 'meta', 'html', '</head>', '<script>', '</script>'],
  ];
  let seed = 20_261_122;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  for (let round = 0; round < 400; round += 1) {
    const page = `<html>${Array.from({ length: next(16) }, () => parts[next(parts.length)]).join('')}`;
    const [whole = '', ...others] = passInAllWays(Buffer.from(page));
    expect(others, page).toEqual([]);
    expect(whole.replace(TAG, ''), page).toBe(page);
  }
});
