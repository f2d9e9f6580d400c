/** The only source of time. Rules get the time as a fact; programs get a clock; tests freeze it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
