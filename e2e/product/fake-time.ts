/** Debian's faketime; `$LIB` is the loader's own name for the machine's library folder. */
const PRELOAD = { LD_PRELOAD: '/usr/$LIB/faketime/libfaketimeMT.so.1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };

/** The environment of a program that lives so long ago: whatever it issues has passed four days of its life. */
export const FOUR_DAYS_AGO = { ...PRELOAD, FAKETIME: '-4d' } as const;

/** Longer than the file of a certificate is kept. */
export const TWELVE_MINUTES_AGO = { ...PRELOAD, FAKETIME: '-12m' } as const;
